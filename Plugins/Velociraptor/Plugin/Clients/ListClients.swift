// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists the endpoints that a server knows.
struct ListClients: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var search: String?
        var limit = 100
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    static let name = "list_clients"

    let client: VelociraptorClient

    private static let columns = """
        client_id, os_info.hostname AS hostname, os_info.system AS os, os_info.release AS release, labels, \
        agent_information.version AS agent_version, first_seen_at, last_seen_at, last_ip
        """

    /// The clients in the server's own order, which is that of their ids.
    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let search = request.search.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        let paging = try ListPaging(
            request: PageCursor.request(Self.name, [search, request.organization]),
            cursor: request.cursor,
            limit: request.limit
        )
        let source = search == nil ? "clients()" : "clients(search=Search)"
        let rows = try await client.rows(
            VQLQuery(
                "SELECT \(Self.columns) FROM \(source) LIMIT \(paging.wanted)",
                search.map { [VQLQuery.Variable("Search", $0)] } ?? [],
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: paging.wanted
            )
        )
        let page = try paging.page(of: rows.values) { $0["client_id"]?.stringValue ?? "" }
        return RowPage(
            heading: Self.heading(page.items.count, search, request.organization),
            members: [
                "searched": [
                    "search": search.map(JSONValue.string) ?? .null,
                    "org_id": .string(request.organization ?? "root"),
                ]
            ],
            name: "clients",
            rows: page.items.map { .object(ClientRecord(summary: $0, serverTime: rows.serverTime).json) },
            firstRow: paging.offset,
            total: page.hasMore ? nil : paging.offset + page.items.count,
            hasMore: page.hasMore,
            cursor: page.cursor
        )
    }

    private static func heading(_ count: Int, _ search: String?, _ organization: String?) -> String {
        let place = "in organisation \(organization ?? "root")\(search.map { " for search `\($0)`" } ?? "")"
        guard count > 0 else {
            return """
                No client \(place). Searches know host:, label:, ip:, mac:, recent: and bare text, with * as a wildcard.
                """
        }
        return "\(count) \(count == 1 ? "client" : "clients") \(place)."
    }
}
