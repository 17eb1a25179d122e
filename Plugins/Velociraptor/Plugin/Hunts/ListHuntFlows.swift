// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists how each client takes part in a hunt, in the order in which the server scheduled them.
struct ListHuntFlows: Sendable {
    static let name = "list_hunt_flows"

    struct Request: Sendable, Hashable {
        var huntID: String
        /// A ``FlowState/Stage``.
        var stage: String?
        var clientID: String?
        var limit = 100
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)

        fileprivate var isFiltered: Bool { stage != nil || clientID != nil }
    }

    /// A row of `hunt_flows()` and its number there, from 0.
    private struct Entry {
        var number: Int
        var row: JSONValue

        var clientID: String { row["client_id"]?.stringValue ?? "" }
    }

    let client: VelociraptorClient

    /// So many rows are looked through for one page of those that were asked for.
    private static let mostRows = 50_000

    private static let columns = """
        ClientId AS client_id, FlowId AS session_id, client_info(client_id=ClientId).os_info.hostname AS hostname, \
        Flow.state AS state, Flow.status AS status, Flow.create_time AS create_time, Flow.start_time AS start_time, \
        Flow.active_time AS active_time, Flow.total_collected_rows AS total_collected_rows, \
        Flow.total_uploaded_bytes AS total_uploaded_bytes
        """

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let mark = PageCursor.request(
            Self.name,
            [request.huntID, request.stage, request.clientID, request.organization]
        )
        let cursor = try PageCursor(token: request.cursor, request: mark)
        let (entries, hasMore) = try await entries(request, after: cursor)
        // hunt_flows() of an unknown hunt is empty, as that of a hunt that has not begun. The hunt is read after its
        // flows, or its counts would tell of a time before theirs: none finished, above rows that say they did.
        let hunt = try await HuntLookup(
            client: client,
            organization: request.organization,
            timeout: request.timeout
        )(request.huntID)
        let fitting = entries.filter { Self.accepts($0, request) }
        let page = Array(fitting.prefix(request.limit))
        return RowPage(
            heading: Self.heading(page.count, request, hunt),
            members: [
                "org_id": .string(request.organization ?? "root"), "hunt_id": .string(hunt.id),
                "hunt_state": .string(hunt.state),
            ],
            name: "flows",
            rows: page.map { .object(Self.json($0.row)) },
            firstRow: page.first?.number ?? cursor?.offset ?? 0,
            total: request.isFiltered ? nil : Int(exactly: hunt.count("total_clients_scheduled")),
            hasMore: hasMore || fitting.count > page.count,
            cursor: { shown in
                // Behind the last row that is shown; behind all that were looked at where none of them fits.
                let last = shown > 0 ? page[shown - 1] : entries.last
                return PageCursor(
                    request: mark,
                    offset: last.map { $0.number + 1 } ?? cursor?.offset ?? 0,
                    print: last.map { Self.print($0) } ?? cursor?.print ?? ""
                )
            }
        )
    }

    /// The rows behind the cursor, and whether there are more than were looked at.
    ///
    /// The last row of the page before is asked for again: that it is the same shows that the order is.
    private func entries(
        _ request: Request,
        after cursor: PageCursor?
    ) async throws(MegaraptorError) -> ([Entry], hasMore: Bool) {
        let start = cursor?.offset ?? 0
        let repeated = start > 0 ? 1 : 0
        let wanted = (request.isFiltered ? Self.mostRows : request.limit) + repeated
        let result = try await client.run(
            VQLQuery(
                """
                SELECT \(Self.columns) FROM hunt_flows(hunt_id=HuntId, start_row=int(int=Start)) LIMIT \(wanted + 1)
                """,
                [
                    VQLQuery.Variable("HuntId", request.huntID),
                    VQLQuery.Variable("Start", String(start - repeated)),
                ],
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: wanted + 1
            ),
            // A client that was deleted since has no host name.
            tolerating: { $0.text.contains("not known in this org") }
        )
        if let failure = result.failure { throw failure }
        var entries = try result.firstRows().values.enumerated().map { Entry(number: start - repeated + $0, row: $1) }
        let hasMore = entries.count > wanted
        if hasMore { entries.removeLast() }
        if repeated > 0 {
            guard let known = entries.first, Self.print(known) == cursor?.print else { throw PageCursor.changed }
            entries.removeFirst()
        }
        return (entries, hasMore)
    }

    private static func print(_ entry: Entry) -> String { Fingerprint(of: [entry.clientID]).text }

    private static func accepts(_ entry: Entry, _ request: Request) -> Bool {
        if let wanted = request.clientID, entry.clientID != wanted { return false }
        guard let stage = request.stage else { return true }
        return FlowState(row: entry.row).stage.rawValue == stage
    }

    private static func json(_ row: JSONValue) -> JSONObject {
        let flow = FlowState(row: row)
        return [
            "client_id": row["client_id"] ?? .null, "hostname": row["hostname"] ?? .null,
            "flow_id": .string(flow.flowID), "state": .string(flow.state), "stage": .string(flow.stage.rawValue),
            "status": flow.status.isEmpty ? .null : .string(flow.status), "rows": .integer(flow.rowCount),
            "uploaded_bytes": .integer(flow.number("total_uploaded_bytes")),
            "created": Moment.microseconds(row["create_time"]), "started": Moment.microseconds(row["start_time"]),
            "last_active": Moment.microseconds(row["active_time"]),
            "create_time": .integer(flow.number("create_time")),
        ]
    }

    private static func heading(_ count: Int, _ request: Request, _ hunt: HuntRecord) -> String {
        let stats = """
            The hunt \(hunt.id) is \(hunt.state)\(hunt.isExpired ? " and expired" : ""): \
            \(hunt.count("total_clients_scheduled")) clients scheduled, \(hunt.count("total_finished_clients")) \
            finished, \(hunt.count("total_clients_with_errors")) with errors.
            """
        let kind = request.stage.map { "\($0) " } ?? ""
        let whose = request.clientID.map { " of \($0)" } ?? ""
        guard count == 0 else { return "\(stats) \(count) \(kind)\(count == 1 ? "flow" : "flows")\(whose)." }
        if request.isFiltered { return "\(stats) No \(kind)flow\(whose) among those looked at." }
        return hunt.state == "PAUSED"
            ? "\(stats) No client takes part: modify_hunt with action start lets it begin."
            : "\(stats) No client takes part (yet): clients join when they connect."
    }
}
