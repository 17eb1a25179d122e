// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// What `deploy_agents_ssh` takes.
struct SSHInstallInput: ToolInput {
    var wish: InstallWish

    private enum CodingKeys: String, CodingKey {
        case targetOS = "target_os"
    }

    init(from decoder: any Decoder) throws {
        let system = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
            AgentSystem.self,
            forKey: .targetOS
        )
        wish = try InstallWish(from: decoder, login: .ssh(SSHLoginInput(from: decoder)), system: system)
    }

    static let schema = Schema.object(
        InstallWish.members(
            targets: SSHLoginInput.targets,
            program: "Velociraptor for those machines, as download_velociraptor stored it. Default for linux: the"
                + " deployment's own. Another than before is an upgrade."
        ) + [
            .optional(
                "target_os",
                .oneOf("linux", "macos").defaulting(to: "linux").described("Machines with another are refused.")
            )
        ] + SSHLoginInput.members
    )
}
