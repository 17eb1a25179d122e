// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// Runs VQL, as far as the gate lets it.
struct RunVQL: Sendable {
    static let name = "run_vql"

    /// What is asked for.
    struct Request: Sendable {
        var query: String
        /// Values of any JSON type that arrive in the query under their names, with their types.
        var environment: JSONObject = [:]
        var rowLimit = 1000
        var timeout: Duration = .seconds(60)
        var organization: String?
        /// Whether the caller says that the query may change something.
        var changes = false
        var cursor: String?
        var budget = ResultBudget(cap: 1 << 20)
        /// The most that operations allow a result: what a change brought is not asked for again.
        var mostBytes = 1 << 20
    }

    let client: VelociraptorClient
    var isReadOnly = false
    var allowsServerReads = false
    var consent: Consent = { _ in }

    /// An MCP tool result as JSON bytes. Throws when there is not a single row to tell of.
    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> [UInt8] {
        let values = try TypedEnvironment(request.environment)
        let judged = try await judge(request)
        let mark = PageCursor.request(
            Self.name,
            [request.query, JSONValue.object(request.environment).json(), request.organization]
        )
        let cursor = try PageCursor(token: request.cursor, request: mark)
        if cursor != nil, judged.needsConsent { throw Self.onlyOnce }
        let started = ContinuousClock.now
        let most = (cursor?.offset ?? 0) + request.rowLimit
        let result = try await client.run(
            VQLQuery(
                RowLimit.adding(Int64(most), to: request.query, parsedAs: judged.program, judged.analysis)
                    ?? request.query,
                values.variables,
                prelude: values.prelude,
                effect: judged.effect,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: most,
                rowsPerMessage: UInt64(min(1000, most + 1))
            )
        )
        try Self.check(cursor, result)
        let budget =
            judged.needsConsent ? ResultBudget(asked: request.mostBytes, cap: request.mostBytes) : request.budget
        return try QueryReport(
            result,
            request: request,
            budget: budget,
            skipped: cursor?.offset ?? 0,
            mark: judged.needsConsent ? nil : mark
        ).toolResult(elapsed: ContinuousClock.now - started)
    }

    private func judge(_ request: Request) async throws(MegaraptorError) -> QueryGate.Judged {
        let gate = QueryGate(
            isReadOnly: isReadOnly,
            allowsServerReads: allowsServerReads,
            lookup: ArtifactLookup(client: client, organization: request.organization, timeout: request.timeout)
        )
        let judged = try await gate.judge(request.query)
        try gate.admit(judged, changes: request.changes)
        if judged.needsConsent {
            try await consent(
                """
                Run this query on the Velociraptor server? \(QueryGate.words(judged.analysis, from: .changes))

                \(VisibleText.escapeLines(request.query.split(separator: "\n").map(String.init)))
                """
            )
        }
        return judged
    }

    private static func check(_ cursor: PageCursor?, _ result: QueryResult) throws(MegaraptorError) {
        guard let cursor else { return }
        guard result.rowCount >= cursor.offset, result.fingerprint(of: cursor.offset) == cursor.print else {
            throw PageCursor.changed
        }
    }

    private static let onlyOnce = MegaraptorError(
        .invalidArgument,
        "A query that may change something is not run again for its next page.",
        hint: "Its results came whole, up to the size that operations allow."
    )
}

extension QueryResult {
    /// The mark of the first rows, statement after statement.
    func fingerprint(of count: Int) -> String {
        var print = Fingerprint()
        var left = count
        for (_, rows) in statements.sorted(by: { $0.key < $1.key }) {
            for index in 0..<min(left, rows.count) { print.add(rows.row(index)) }
            left -= min(left, rows.count)
        }
        return print.text
    }
}
