// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists the files that a collection sent to the server.
struct FlowUploads: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var clientID: String
        var flowID: String
        var limit = 100
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    static let name = "list_flow_uploads"

    let client: VelociraptorClient

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let paging = try ListPaging(
            request: PageCursor.request(Self.name, [request.clientID, request.flowID, request.organization]),
            cursor: request.cursor,
            limit: request.limit
        )
        // A flow that does not exist has no uploads either.
        let state = try await FlowWatch(
            client: client,
            clientID: request.clientID,
            flowID: request.flowID,
            organization: request.organization,
            timeout: request.timeout
        ).state()
        let rows = try await client.rows(Self.query(request, rows: paging.wanted))
        let page = try paging.page(of: rows.values) { $0["vfs_path"]?.stringValue ?? $0.json() }
        return RowPage(
            heading: Self.heading(page.items.count, request, state),
            members: [
                "org_id": .string(request.organization ?? "root"), "client_id": .string(request.clientID),
                "flow_id": .string(request.flowID), "state": .string(state.state),
                "stage": .string(state.stage.rawValue),
                "total_uploaded_files": .integer(state.number("total_uploaded_files")),
                "total_uploaded_bytes": .integer(state.number("total_uploaded_bytes")),
            ],
            name: "uploads",
            rows: page.items.map(Self.file),
            firstRow: paging.offset,
            total: page.hasMore ? nil : paging.offset + page.items.count,
            hasMore: page.hasMore,
            cursor: page.cursor
        )
    }

    private static func query(_ request: Request, rows: Int) -> VQLQuery {
        VQLQuery(
            """
            SELECT client_path, _accessor AS accessor, Type AS type, file_size, uploaded_size, Timestamp AS timestamp, \
            vfs_path FROM uploads(client_id=ClientId, flow_id=FlowId) LIMIT \(rows)
            """,
            [VQLQuery.Variable("ClientId", request.clientID), VQLQuery.Variable("FlowId", request.flowID)],
            effect: .reads,
            organization: request.organization,
            timeout: request.timeout,
            rowLimit: rows
        )
    }

    private static func file(_ row: JSONValue) -> JSONValue {
        var file: JSONObject = [:]
        for name in ["client_path", "accessor", "file_size", "uploaded_size"] { file[name] = row[name] ?? .null }
        file["uploaded"] = Moment.seconds(row["timestamp"])
        file["timestamp"] = row["timestamp"] ?? .null
        file["vfs_path"] = row["vfs_path"] ?? .null
        file["type"] = row["type"]?.stringValue.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null
        return .object(file)
    }

    private static func heading(_ count: Int, _ request: Request, _ state: FlowState) -> String {
        let flow = "flow \(request.flowID) of \(request.clientID)"
        guard count > 0 else { return "No uploaded file of \(flow). \(state.explanation())" }
        let total =
            "\(state.number("total_uploaded_files")) files, \(state.number("total_uploaded_bytes")) bytes in all"
        return """
            \(count) uploaded \(count == 1 ? "file" : "files") of \(flow) (\(total)). \(state.explanation()) Their \
            contents cannot be fetched with these tools yet: the server's own interface has them under vfs_path.
            """
    }
}
