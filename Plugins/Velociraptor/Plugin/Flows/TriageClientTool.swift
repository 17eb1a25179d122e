// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct TriageClientInput: ToolInput {
    var clientID: String
    var includeSlow: Bool?
    var urgent: Bool?
    var waitSeconds: Int?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case urgent
        case clientID = "client_id"
        case includeSlow = "include_slow"
        case waitSeconds = "wait_seconds"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("client_id", .clientID),
        .optional("include_slow", .boolean.described("Also what takes long or downloads a tool.")),
        .optional("urgent", .boolean.described("Ahead of the client's queue.")),
        .optional("wait_seconds", .integer(0...3600).described("Wait so long for the end.")),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    var triageClient: Tool {
        Tool(
            "triage_client",
            title: "Triage client",
            description: """
                Starts the usual first look at one endpoint as a single collection (flow): processes, connections, \
                accounts, logons, persistence, traces of execution, with the built-in artifacts for its OS. Says \
                which and why, and which this server lacks. Then wait_for_flow and get_flow_results. Never sent twice.
                """,
            toolset: "respond",
            effects: Self.collectionEffects,
            outputSchema: Self.collectionOutput
        ) { (input: TriageClientInput, context: CallContext) in
            let wait = input.waitSeconds.map { context.within(.seconds($0)) }
            let collect = CollectArtifact(client: client, timeout: context.within(.seconds(30)))
            return try await TriageClient(collect: collect)(
                TriageClient.Request(
                    clientID: input.clientID,
                    includesSlow: input.includeSlow ?? false,
                    isUrgent: input.urgent ?? false,
                    organization: input.organization
                ),
                wait: wait,
                report: context.reportProgress(of: wait)
            ).toolResult
        }
    }
}
