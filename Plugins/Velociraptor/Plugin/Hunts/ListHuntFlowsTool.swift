// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListHuntFlowsInput: ToolInput {
    var huntID: String
    var stage: String?
    var clientID: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case limit, cursor
        case huntID = "hunt_id"
        case stage
        case clientID = "client_id"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required("hunt_id", .huntID),
        .optional("stage", .oneOf("queued", "waiting", "running", "finished", "failed", "cancelled")),
        .optional("client_id", .clientID),
        .optional("limit", .limit(100)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let huntFlowsOutput = Schema.object(
        Schema.page("flows") + [
            .required("org_id", .string), .required("hunt_id", .string), .required("hunt_state", .string),
        ]
    )

    var listHuntFlows: Tool {
        Tool(
            ListHuntFlows.name,
            title: "List hunt flows",
            description: """
                Lists the clients that take part in a hunt: client_id, host name, flow_id, state, status of a failure, \
                rows, times. Filter by stage (failed shows what went wrong where) or client. Results themselves: \
                get_hunt_results.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.huntFlowsOutput
        ) { (input: ListHuntFlowsInput, context: CallContext) in
            try await ListHuntFlows(client: client)(
                ListHuntFlows.Request(
                    huntID: input.huntID,
                    stage: input.stage,
                    clientID: input.clientID,
                    limit: input.limit ?? 100,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
