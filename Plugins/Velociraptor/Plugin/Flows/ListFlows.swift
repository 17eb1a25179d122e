// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists the collections of one client, the newest first.
struct ListFlows: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var clientID: String
        var state: String?
        /// A regular expression for the names of the requested artifacts.
        var artifact: String?
        /// A moment in RFC 3339: only flows made then or later.
        var since: String?
        var limit = 50
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    static let name = "list_flows"

    let client: VelociraptorClient

    private static let columns = """
        client_id, session_id, state, status, request, create_time, start_time, active_time, artifacts_with_results, \
        total_collected_rows, total_uploaded_bytes, total_logs
        """

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let paging = try ListPaging(
            request: PageCursor.request(
                Self.name,
                [request.clientID, request.state, request.artifact, request.since, request.organization]
            ),
            cursor: request.cursor,
            limit: request.limit
        )
        let rows = try await client.rows(try query(request, rows: paging.wanted))
        let page = try paging.page(of: rows.values) { $0["session_id"]?.stringValue ?? "" }
        return RowPage(
            heading: Self.heading(page.items.count, request),
            members: ["client_id": .string(request.clientID), "org_id": .string(request.organization ?? "root")],
            name: "flows",
            rows: page.items.map { .object(Self.summary(FlowState(row: $0))) },
            firstRow: paging.offset,
            total: page.hasMore ? nil : paging.offset + page.items.count,
            hasMore: page.hasMore,
            cursor: page.cursor
        )
    }

    private func query(_ request: Request, rows: Int) throws(MegaraptorError) -> VQLQuery {
        var variables = [VQLQuery.Variable("ClientId", request.clientID)]
        var conditions: [String] = []
        if let state = request.state {
            variables.append(VQLQuery.Variable("State", state))
            conditions.append("state = State")
        }
        if let artifact = request.artifact {
            variables.append(VQLQuery.Variable("ArtifactRegex", artifact))
            conditions.append("request.artifacts =~ ArtifactRegex")
        }
        if let since = request.since {
            variables.append(VQLQuery.Variable("Since", String(try Self.moment(since))))
            conditions.append("create_time >= int(int=Since)")
        }
        let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        return VQLQuery(
            """
            SELECT \(Self.columns) FROM flows(client_id=ClientId)\(filter) ORDER BY create_time DESC LIMIT \(rows)
            """,
            variables,
            effect: .reads,
            organization: request.organization,
            timeout: request.timeout,
            rowLimit: rows,
            rowsPerMessage: 200
        )
    }

    private static func moment(_ text: String) throws(MegaraptorError) -> Int64 {
        guard let moment = ISO8601.unixMicroseconds(text) else {
            throw MegaraptorError(
                .invalidArgument,
                "`since` is no moment: \(VisibleText.escape(text)).",
                hint: "Write it as 2026-11-23T15:04:05Z."
            )
        }
        return moment
    }

    private static func summary(_ flow: FlowState) -> JSONObject {
        [
            "flow_id": .string(flow.flowID),
            "state": .string(flow.state),
            "stage": .string(flow.stage.rawValue),
            "artifacts": .array(flow.artifacts.map(JSONValue.string)),
            "creator": flow.row["request"]?["creator"] ?? .null,
            "created": Moment.microseconds(flow.row["create_time"]),
            "create_time": .integer(flow.number("create_time")),
            "started": Moment.microseconds(flow.row["start_time"]),
            "start_time": .integer(flow.number("start_time")),
            "last_active": Moment.microseconds(flow.row["active_time"]),
            "active_time": .integer(flow.number("active_time")),
            "total_collected_rows": .integer(flow.rowCount),
            "total_uploaded_bytes": .integer(flow.number("total_uploaded_bytes")),
            "total_logs": .integer(flow.number("total_logs")),
            "sources_with_results": .array(flow.sources.map { .string($0.name) }),
            "status": flow.status.isEmpty ? .null : .string(flow.status),
        ]
    }

    private static func heading(_ count: Int, _ request: Request) -> String {
        let filters = [
            request.state.map { "state \($0)" }, request.artifact.map { "artifact `\($0)`" },
            request.since.map { "since \($0)" },
        ].compactMap { $0 }
        let place = "of \(request.clientID) in organisation \(request.organization ?? "root")"
        let narrowed = filters.isEmpty ? "" : " with \(filters.joined(separator: ", "))"
        guard count > 0 else {
            return "No flow \(place)\(narrowed). Nothing was collected there\(filters.isEmpty ? "" : " that fits")."
        }
        return "\(count) \(count == 1 ? "flow" : "flows") \(place)\(narrowed), the newest first."
    }
}
