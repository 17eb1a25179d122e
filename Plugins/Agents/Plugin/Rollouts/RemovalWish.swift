// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// Whose agents somebody wants to be taken off, however the machines are reached.
struct RemovalWish: Sendable {
    var deploymentID: String
    var targets: [String]
    var login: RolloutLogin
    var tags: [String]?
    var concurrency: Int?
    var wipe: Bool?
    var confirm: Bool?

    private enum CodingKeys: String, CodingKey {
        case targets, tags, concurrency, wipe, confirm
        case deploymentID = "deployment_id"
    }

    init(from decoder: any Decoder, login: RolloutLogin) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.login = login
        deploymentID = try values.decode(String.self, forKey: .deploymentID)
        targets = try values.decode([String].self, forKey: .targets)
        tags = try values.decodeIfPresent([String].self, forKey: .tags)
        concurrency = try values.decodeIfPresent(Int.self, forKey: .concurrency)
        wipe = try values.decodeIfPresent(Bool.self, forKey: .wipe)
        confirm = try values.decodeIfPresent(Bool.self, forKey: .confirm)
    }

    static func members(targets: Schema) -> [Schema.Member] {
        [
            .required("deployment_id", .deploymentID),
            .required("targets", targets),
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
        ]
    }
}
