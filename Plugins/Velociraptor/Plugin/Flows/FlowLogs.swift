// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Reads what a client wrote while it collected.
struct FlowLogs: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var clientID: String
        var flowID: String
        /// Only lines of these levels; empty for all.
        var levels: [String] = []
        var isNewestFirst = false
        var limit = 200
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    static let name = "get_flow_logs"

    let client: VelociraptorClient

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let paging = try ListPaging(
            request: PageCursor.request(
                Self.name,
                [request.clientID, request.flowID, request.organization, request.isNewestFirst ? "newest" : "oldest"]
                    + request.levels
            ),
            cursor: request.cursor,
            limit: request.limit
        )
        // The log of a flow that does not exist is empty, too.
        let state = try await FlowWatch(
            client: client,
            clientID: request.clientID,
            flowID: request.flowID,
            organization: request.organization,
            timeout: request.timeout
        ).state()
        let rows = try await client.rows(Self.query(request, rows: paging.wanted))
        let page = try paging.page(of: rows.values) { $0.json() }
        return RowPage(
            heading: Self.heading(page.items.count, request, state),
            members: [
                "org_id": .string(request.organization ?? "root"), "client_id": .string(request.clientID),
                "flow_id": .string(request.flowID), "state": .string(state.state),
                "stage": .string(state.stage.rawValue), "total_logs": .integer(state.number("total_logs")),
            ],
            name: "logs",
            rows: page.items.map(Self.line),
            firstRow: paging.offset,
            total: page.hasMore ? nil : paging.offset + page.items.count,
            hasMore: page.hasMore,
            cursor: page.cursor
        )
    }

    /// Lines of the same second keep the order in which they were written; descending the server turns it round.
    private static func query(_ request: Request, rows: Int) -> VQLQuery {
        let filter = request.levels.isEmpty ? "" : " WHERE level IN parse_json_array(data=Levels)"
        let order = request.isNewestFirst ? " ORDER BY client_time DESC" : ""
        return VQLQuery(
            """
            SELECT client_time, level, message FROM flow_logs(client_id=ClientId, flow_id=FlowId)\(filter)\(order) \
            LIMIT \(rows)
            """,
            [
                VQLQuery.Variable("ClientId", request.clientID), VQLQuery.Variable("FlowId", request.flowID),
                VQLQuery.Variable("Levels", JSONValue.array(request.levels.map(JSONValue.string)).json()),
            ],
            effect: .reads,
            organization: request.organization,
            timeout: request.timeout,
            rowLimit: rows
        )
    }

    private static func line(_ row: JSONValue) -> JSONValue {
        [
            "time": Moment.seconds(row["client_time"]), "client_time": row["client_time"] ?? .null,
            "level": row["level"] ?? .null,
            "message": row["message"]?.stringValue.map { .string($0.trimmed) } ?? .null,
        ]
    }

    private static func heading(_ count: Int, _ request: Request, _ state: FlowState) -> String {
        let flow = "flow \(request.flowID) of \(request.clientID)"
        let levels = request.levels.isEmpty ? "" : " of level \(request.levels.joined(separator: " or "))"
        guard count > 0 else {
            let all = request.levels.isEmpty ? "" : " It has \(state.number("total_logs")) lines in all."
            return "No log line\(levels) of \(flow).\(all) \(state.explanation())"
        }
        let order = request.isNewestFirst ? "newest" : "oldest"
        return """
            \(count) log \(count == 1 ? "line" : "lines")\(levels) of \(flow), the \(order) first, by the client's clock. \
            \(state.explanation())
            """
    }
}
