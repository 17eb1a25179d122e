// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListClientsInput: ToolInput {
    var search: String?
    var limit: Int?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case search
        case limit
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .optional(
            "search",
            .string.with("maxLength", 1000).described(
                """
                Part of a host name, or an operator with a value: host:, label:, ip:, mac:, recent:. * is a wildcard; \
                label:none finds clients without a label. Upper and lower case are the same. All clients if left out.
                """
            ).examples("host:ws-*", "label:suspicious", "ip:10.1.2.3")
        ),
        .optional("limit", .integer(1...10_000).defaulting(to: 100).described("The most clients to return.")),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let listOutput = Schema.object(
        .required("clients", .array(of: .object(Schema.clientSummary))),
        .required("count", .integer),
        .required("more", .boolean.described("Whether more clients match than were returned.")),
        .required(
            "searched",
            .object(
                .required("search", .nullable(.string)),
                .required("org_id", .string)
            )
        )
    )

    var listClients: Tool {
        Tool(
            "list_clients",
            title: "List clients",
            description: """
                Lists the endpoints (clients) that the Velociraptor server knows: id, host name, operating system, \
                labels, agent version, when first and last seen. Use it first, to find the client_id that every other \
                tool needs. It asks the server only, not the endpoints, and changes nothing. In the server's own order.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.listOutput
        ) { (input: ListClientsInput, context: CallContext) in
            let result = try await ListClients(client: client)(
                ListClients.Request(
                    search: input.search,
                    limit: input.limit ?? 100,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            )
            return ToolResult(content: [.text(ClientText.list(result))], structured: .object(result))
        }
    }
}
