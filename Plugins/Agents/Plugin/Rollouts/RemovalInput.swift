// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// What `remove_agents` takes.
struct RemovalInput: ToolInput {
    var deploymentID: String
    var targets: [String]
    var login: SSHLoginInput
    var tags: [String]?
    var concurrency: Int?
    var wipe: Bool?
    var confirm: Bool?

    private enum CodingKeys: String, CodingKey {
        case targets, tags, concurrency, wipe, confirm
        case deploymentID = "deployment_id"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        login = try SSHLoginInput(from: decoder)
        deploymentID = try values.decode(String.self, forKey: .deploymentID)
        targets = try values.decode([String].self, forKey: .targets)
        tags = try values.decodeIfPresent([String].self, forKey: .tags)
        concurrency = try values.decodeIfPresent(Int.self, forKey: .concurrency)
        wipe = try values.decodeIfPresent(Bool.self, forKey: .wipe)
        confirm = try values.decodeIfPresent(Bool.self, forKey: .confirm)
    }

    static let schema = Schema.object(
        [
            .required("deployment_id", .deploymentID),
            .required("targets", SSHLoginInput.targets),
            .optional("tags", .tags),
            .optional("concurrency", InstallWish.width),
            .optional(
                "wipe",
                .boolean.defaulting(to: false).described(
                    "Also the agent's own key and what it could not send yet: installed again, the machine is a new client."
                )
            ),
            .optional(
                "confirm",
                .boolean.defaulting(to: false).described("Without it only what would go is shown.")
            ),
        ] + SSHLoginInput.members
    )
}
