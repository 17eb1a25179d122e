// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct FlowLogsInput: ToolInput {
    var clientID: String
    var flowID: String
    var levels: [String]?
    var order: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case levels, order, limit, cursor
        case clientID = "client_id"
        case flowID = "flow_id"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        FlowInput.members + [
            .optional(
                "levels",
                .array(of: .oneOf("ERROR", "WARN", "INFO", "DEFAULT", "DEBUG", "ALERT")).described("All if left out.")
            ),
            .optional("order", .oneOf("oldest", "newest").defaulting(to: "oldest")),
            .optional("limit", .limit(200)),
            .optional("cursor", .cursor),
            .optional("max_result_bytes", .resultBytes),
        ]
    )
}

extension VelociraptorPlugin {
    private static let output = Schema.object(
        open: true,
        Schema.page("logs") + [.required("state", .string), .required("total_logs", .integer)]
    )

    var getFlowLogs: Tool {
        Tool(
            FlowLogs.name,
            title: "Get flow logs",
            description: """
                Reads what the client logged during a collection (flow): why it failed or gave no rows, which queries \
                were skipped by a precondition. client_time is in seconds since 1970, by the client's clock.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.output
        ) { (input: FlowLogsInput, context: CallContext) in
            try await FlowLogs(client: client)(
                FlowLogs.Request(
                    clientID: input.clientID,
                    flowID: input.flowID,
                    levels: input.levels ?? [],
                    isNewestFirst: input.order == "newest",
                    limit: input.limit ?? 200,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
