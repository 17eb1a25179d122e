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
    var getClientInfo: Tool {
        Tool(
            "get_client_info",
            title: "Get client info",
            description: """
                Tells what the Velociraptor server knows about one endpoint: host name, operating system and \
                architecture, MAC addresses, labels, metadata, agent, when it was first and last seen, and the \
                collections under way. Asks the server only and changes nothing. An unknown id is an error.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: .object(Schema.clientDetails)
        ) { (input: GetClientInfoInput, context: CallContext) in
            let result = try await GetClientInfo(client: client)(
                input.clientID,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )
            return ToolResult(content: [.text(ClientText.details(result))], structured: .object(result))
        }
    }
}
