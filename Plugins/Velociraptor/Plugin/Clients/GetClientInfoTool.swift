// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct GetClientInfoInput: ToolInput {
    var clientID: String
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case clientID = "client_id"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("client_id", .clientID),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let detailsOutput = Schema.object(
        open: true,
        .required("client_id", .string),
        .required("hostname", .text),
        .required("os", .text),
        .required("labels", .array(of: .string)),
        .required("last_seen", .moment),
        .required("online_estimate", .boolean),
        .required("in_flight_flows", .array(of: .string))
    )

    var getClientInfo: Tool {
        Tool(
            "get_client_info",
            title: "Get client info",
            description: """
                Tells what the server knows about one endpoint: host name, OS and architecture, MAC addresses, labels, \
                metadata, agent, first and last seen (UTC, and the raw values: seconds and microseconds since 1970), \
                collections under way. Asks the server only. An unknown id is an error.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.detailsOutput
        ) { (input: GetClientInfoInput, context: CallContext) in
            let result = try await GetClientInfo(client: client)(
                input.clientID,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )
            return .escaped(
                text: "\(RowPage.warning)\n\(VisibleText.escape(JSONValue.object(result).json()))",
                structured: result
            )
        }
    }
}
