// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// What `deploy_agents_winrm` takes.
struct WinRMInstallInput: ToolInput {
    var wish: InstallWish

    init(from decoder: any Decoder) throws {
        wish = try InstallWish(from: decoder, login: .winrm(WinRMLoginInput(from: decoder)), system: .windows)
    }

    static let schema = Schema.object(
        InstallWish.members(
            targets: WinRMLoginInput.targets,
            program: "the vendor's MSI, as download_velociraptor stored it: windows-amd64.msi, or the program itself"
                + " (windows-amd64.exe). Needed for a new rollout. Another than before is an upgrade."
        ) + WinRMLoginInput.members
    )
}
