// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct FlowUploadsInput: ToolInput {
    var clientID: String
    var flowID: String
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case limit, cursor
        case clientID = "client_id"
        case flowID = "flow_id"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        FlowInput.members + [
            .optional("limit", .limit(100)),
            .optional("cursor", .cursor),
            .optional("max_result_bytes", .resultBytes),
        ]
    )
}

extension VelociraptorPlugin {
    private static let output = Schema.object(
        open: true,
        Schema.page("uploads") + [
            .required("state", .string),
            .required("total_uploaded_files", .integer),
            .required("total_uploaded_bytes", .integer),
        ]
    )

    var listFlowUploads: Tool {
        Tool(
            FlowUploads.name,
            title: "List flow uploads",
            description: """
                Lists the files that a collection (flow) sent to the server: path on the client, sizes in bytes, when \
                (UTC beside seconds since 1970), where the server keeps them. Their contents cannot be fetched yet.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.output
        ) { (input: FlowUploadsInput, context: CallContext) in
            try await FlowUploads(client: client)(
                FlowUploads.Request(
                    clientID: input.clientID,
                    flowID: input.flowID,
                    limit: input.limit ?? 100,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
