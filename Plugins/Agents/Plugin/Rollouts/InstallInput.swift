// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// What `deploy_agents_ssh` takes.
struct InstallInput: ToolInput {
    var deploymentID: String
    var targets: [String]?
    var login: SSHLoginInput
    var targetOS: AgentSystem?
    var labels: [String]?
    var program: String?
    var concurrency: Int?
    var verifySeconds: Int?
    var rolloutID: String?
    var retryFailed: Bool?

    private enum CodingKeys: String, CodingKey {
        case targets, labels, program, concurrency
        case deploymentID = "deployment_id"
        case targetOS = "target_os"
        case verifySeconds = "verify_seconds"
        case rolloutID = "rollout_id"
        case retryFailed = "retry_failed"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        login = try SSHLoginInput(from: decoder)
        deploymentID = try values.decode(String.self, forKey: .deploymentID)
        targets = try values.decodeIfPresent([String].self, forKey: .targets)
        targetOS = try values.decodeIfPresent(AgentSystem.self, forKey: .targetOS)
        labels = try values.decodeIfPresent([String].self, forKey: .labels)
        program = try values.decodeIfPresent(String.self, forKey: .program)
        concurrency = try values.decodeIfPresent(Int.self, forKey: .concurrency)
        verifySeconds = try values.decodeIfPresent(Int.self, forKey: .verifySeconds)
        rolloutID = try values.decodeIfPresent(String.self, forKey: .rolloutID)
        retryFailed = try values.decodeIfPresent(Bool.self, forKey: .retryFailed)
    }

    static let width = Schema.integer(1...50).defaulting(to: 10).described("How many machines at a time.")

    static let schema = Schema.object(
        [
            .required("deployment_id", .deploymentID),
            .optional("targets", SSHLoginInput.targets),
            .optional(
                "target_os",
                .oneOf("linux", "macos").defaulting(to: "linux").described("Machines with another are refused.")
            ),
            .optional("labels", .labels()),
            .optional(
                "program",
                .file(
                    "Velociraptor for those machines, as download_velociraptor stored it. Default for linux: the"
                        + " deployment's own. Another than before is an upgrade."
                )
            ),
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
        ] + SSHLoginInput.members
    )
}
