// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists the hunts of an organisation, newest first.
struct ListHunts: Sendable {
    static let name = "list_hunts"

    struct Request: Sendable, Hashable {
        /// `RUNNING`, `PAUSED`, `STOPPED` or `ARCHIVED`.
        var state: String?
        /// Part of the description; case does not matter.
        var search: String?
        var limit = 50
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    let client: VelociraptorClient

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let search = request.search.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        let paging = try ListPaging(
            request: PageCursor.request(Self.name, [request.state, search, request.organization]),
            cursor: request.cursor,
            limit: request.limit
        )
        let rows = try await client.rows(Self.query(request, search, paging.wanted))
        let page = try paging.page(of: rows.values) { $0["hunt_id"]?.stringValue ?? "" }
        return RowPage(
            heading: Self.heading(page.items.count, request, search),
            members: [
                "searched": [
                    "state": request.state.map(JSONValue.string) ?? .null,
                    "search": search.map(JSONValue.string) ?? .null,
                    "org_id": .string(request.organization ?? "root"),
                ]
            ],
            name: "hunts",
            rows: page.items.map { .object(HuntRecord(row: $0, serverTime: rows.serverTime).summary) },
            firstRow: paging.offset,
            total: page.hasMore ? nil : paging.offset + page.items.count,
            hasMore: page.hasMore,
            isEvidence: false,
            cursor: page.cursor
        )
    }

    private static func query(_ request: Request, _ search: String?, _ count: Int) -> VQLQuery {
        var conditions: [String] = []
        var variables: [VQLQuery.Variable] = []
        if let state = request.state {
            conditions.append("state = State")
            variables.append(VQLQuery.Variable("State", state))
        }
        if let search {
            conditions.append("hunt_description =~ Search")
            variables.append(VQLQuery.Variable("Search", RegularExpression.matching(search)))
        }
        let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        return VQLQuery(
            "SELECT \(HuntRecord.columns) FROM hunts()\(filter) ORDER BY create_time DESC LIMIT \(count)",
            variables,
            effect: .reads,
            organization: request.organization,
            timeout: request.timeout,
            rowLimit: count
        )
    }

    private static func heading(_ count: Int, _ request: Request, _ search: String?) -> String {
        let state = request.state.map { "\($0) " } ?? ""
        let words = search.map { " with `\($0)` in the description" } ?? ""
        let place = "in organisation \(request.organization ?? "root")\(words)"
        guard count > 0 else {
            let isFiltered = request.state != nil || search != nil
            return "No \(state)hunt \(place)." + (isFiltered ? " Without state and search all hunts are listed." : "")
        }
        return "\(count) \(state)\(count == 1 ? "hunt" : "hunts") \(place), newest first."
    }
}
