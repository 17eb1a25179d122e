// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListFlowsInput: ToolInput {
    var clientID: String
    var state: String?
    var artifact: String?
    var since: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case state, artifact, since, limit, cursor
        case clientID = "client_id"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required("client_id", .clientOrServer),
        .optional("state", .oneOf("RUNNING", "WAITING", "IN_PROGRESS", "FINISHED", "ERROR")),
        .optional(
            "artifact",
            .string.with("maxLength", 500).described("Regular expression for requested artifacts.").examples("Pslist")
        ),
        .optional("since", .string.described("Made at or after this moment.").examples("2026-11-23T15:04:05Z")),
        .optional("limit", .limit(50)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let output = Schema.object(
        Schema.page("flows") + [.required("client_id", .string), .required("org_id", .string)]
    )

    var listFlows: Tool {
        Tool(
            ListFlows.name,
            title: "List flows",
            description: """
                Lists the collections (flows) of one client, or of the server, the newest first: flow_id, state and \
                stage, artifacts, creator, times (UTC beside µs since 1970), rows. RUNNING may mean queued for an \
                offline client: see stage. Cancelled flows are ERROR.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.output
        ) { (input: ListFlowsInput, context: CallContext) in
            try await ListFlows(client: client)(
                ListFlows.Request(
                    clientID: input.clientID,
                    state: input.state,
                    artifact: input.artifact,
                    since: input.since,
                    limit: input.limit ?? 50,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
