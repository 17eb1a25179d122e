// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// What `remove_agents` takes.
struct SSHRemovalInput: ToolInput {
    var wish: RemovalWish

    init(from decoder: any Decoder) throws {
        wish = try RemovalWish(from: decoder, login: .ssh(SSHLoginInput(from: decoder)))
    }

    static let schema = Schema.object(RemovalWish.members(targets: SSHLoginInput.targets) + SSHLoginInput.members)
}
