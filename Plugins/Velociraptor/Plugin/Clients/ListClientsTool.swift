// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListClientsInput: ToolInput {
    var search: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case search, limit, cursor
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .optional(
            "search",
            .string.with("maxLength", 1000).described(
                """
                Part of a host name, or host:, label:, ip:, mac:, recent: with a value. * is a wildcard; label:none \
                finds clients without a label. Case does not matter. All clients if left out.
                """
            ).examples("host:ws-*", "label:suspicious")
        ),
        .optional("limit", .limit(100)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let listOutput = Schema.object(
        Schema.page("clients") + [.required("searched", Schema(["type": "object"]))]
    )

    var listClients: Tool {
        Tool(
            ListClients.name,
            title: "List clients",
            description: """
                Lists the endpoints (clients) that the Velociraptor server knows: client_id, host name, OS, labels, \
                agent version, first and last seen, and whether it is probably online (seen within 15 minutes). Use it \
                first, to find the client_id that other tools need. Asks the server only, never the endpoints.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.listOutput
        ) { (input: ListClientsInput, context: CallContext) in
            try await ListClients(client: client)(
                ListClients.Request(
                    search: input.search,
                    limit: input.limit ?? 100,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
