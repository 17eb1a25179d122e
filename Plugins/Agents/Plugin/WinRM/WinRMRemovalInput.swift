// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// What `remove_agents_winrm` takes.
struct WinRMRemovalInput: ToolInput {
    var wish: RemovalWish

    init(from decoder: any Decoder) throws {
        wish = try RemovalWish(from: decoder, login: .winrm(WinRMLoginInput(from: decoder)))
    }

    static let schema = Schema.object(RemovalWish.members(targets: WinRMLoginInput.targets) + WinRMLoginInput.members)
}
