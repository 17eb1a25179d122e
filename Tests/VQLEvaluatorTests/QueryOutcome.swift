// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Synchronization
import VQL
import VQLEvaluator

/// Everything that a query produced.
struct QueryOutcome: Sendable {
    var rows: [JSONValue] = []
    var lines: [String] = []
}

/// Keeps what a query produces.
final class CollectingSink: QuerySink {
    private let collected = Mutex(QueryOutcome())

    var outcome: QueryOutcome { collected.withLock { $0 } }

    func selectBegan(_ position: StatementPosition) {}
    func selectEnded(_ position: StatementPosition) {}

    func row(_ row: VQLRow, of position: StatementPosition) {
        collected.withLock { $0.rows.append(.object(row.json)) }
    }

    func log(_ line: LogLine) {
        collected.withLock { $0.lines.append(line.text) }
    }
}

extension QueryEngine {
    /// Runs one text as a user of an API key without further roles.
    func outcome(
        of vql: String,
        environment: [(name: String, value: String)] = [],
        permissions: Set<Permission> = [.anyQuery, .readResults],
        timeout: Duration? = nil
    ) async throws -> QueryOutcome {
        let session = Session(principal: "onlyapi", permissions: permissions)
        let request = QueryRequest(queries: [vql], environment: environment, session: session, timeout: timeout)
        let sink = CollectingSink()
        try await run(request, into: sink)
        return sink.outcome
    }
}
