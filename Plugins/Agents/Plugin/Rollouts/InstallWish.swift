// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// What somebody wants to be rolled out, however the machines are reached.
struct InstallWish: Sendable {
    var deploymentID: String
    var targets: [String]?
    var login: RolloutLogin
    var system: AgentSystem?
    var labels: [String]?
    var tags: [String]?
    var program: String?
    var concurrency: Int?
    var verifySeconds: Int?
    var rolloutID: String?
    var retryFailed: Bool?

    private enum CodingKeys: String, CodingKey {
        case targets, labels, tags, program, concurrency
        case deploymentID = "deployment_id"
        case verifySeconds = "verify_seconds"
        case rolloutID = "rollout_id"
        case retryFailed = "retry_failed"
    }

    init(from decoder: any Decoder, login: RolloutLogin, system: AgentSystem?) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.login = login
        self.system = system
        deploymentID = try values.decode(String.self, forKey: .deploymentID)
        targets = try values.decodeIfPresent([String].self, forKey: .targets)
        labels = try values.decodeIfPresent([String].self, forKey: .labels)
        tags = try values.decodeIfPresent([String].self, forKey: .tags)
        program = try values.decodeIfPresent(String.self, forKey: .program)
        concurrency = try values.decodeIfPresent(Int.self, forKey: .concurrency)
        verifySeconds = try values.decodeIfPresent(Int.self, forKey: .verifySeconds)
        rolloutID = try values.decodeIfPresent(String.self, forKey: .rolloutID)
        retryFailed = try values.decodeIfPresent(Bool.self, forKey: .retryFailed)
    }

    static let width = Schema.integer(1...50).defaulting(to: 10).described("How many machines at a time.")

    /// - Parameter program: what the file is to be.
    static func members(targets: Schema, program: String) -> [Schema.Member] {
        [
            .required("deployment_id", .deploymentID),
            .optional("targets", targets),
            .optional("labels", .labels()),
            .optional("tags", .tags),
            .optional("program", .file(program)),
            .optional("concurrency", width),
            .optional(
                "verify_seconds",
                .integer(0...600).defaulting(to: 60).described(
                    "How long the server is asked, after the last machine, whether it has seen the agents. 0: not at all."
                )
            ),
            .optional(
                "rollout_id",
                .string(pattern: RolloutID.pattern).described(
                    "Goes on with a rollout that was interrupted or cancelled: only machines that are not done. What is"
                        + " left out is as it was then."
                )
            ),
            .optional("retry_failed", .boolean.described("With rollout_id: failed machines are tried again, too.")),
        ]
    }
}
