// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

private struct CheckInput: ToolInput {
    var deploymentID: String
    var clientSearch: String?
    var labels: [String]?

    private enum CodingKeys: String, CodingKey {
        case labels
        case deploymentID = "deployment_id"
        case clientSearch = "client_search"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional(
            "client_search",
            .string.with("maxLength", 1000).described("As list_clients takes it: host:NAME, label:NAME, …")
        ),
        .optional("labels", .array(of: .string.with("maxLength", 200)).described("Agents that bear all of these."))
    )
}

extension AgentsPlugin {
    /// Tools that only look.
    var lookingTools: [Tool] {
        [
            Tool(
                "check_agent_deployment",
                title: "Agents of a deployment",
                description: """
                    Which agents have enrolled at a deployed server, by search and labels, and which are online now. \
                    Asks that server itself.
                    """,
                toolset: Self.toolset,
                effects: Tool.Effects(readOnly: true, destructive: false, idempotent: true, openWorld: true),
                outputSchema: .object(open: true)
            ) { (input: CheckInput, context: CallContext) in
                let enrolment = try await core.enrolment(input.deploymentID, for: context)
                let check = AgentCheck(enrolment: enrolment, queries: core.queries(enrolment, for: context))
                return ToolResult(agents: try await check(search: input.clientSearch, labels: input.labels ?? []))
            }
        ]
    }
}
