// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VQL
import VQLEvaluator

@Suite("Streaming, limits and cancellation")
struct StreamingTests {
    private static let session = Session(principal: "tester", permissions: [.anyQuery])

    /// Counts rows, and does something at one of them.
    private final class Watcher: QuerySink {
        private let count = Mutex(0)
        private let atRow: @Sendable (Int) throws -> Void

        var rows: Int { count.withLock { $0 } }

        init(atRow: @escaping @Sendable (Int) throws -> Void) { self.atRow = atRow }

        func selectBegan(_ position: StatementPosition) {}
        func selectEnded(_ position: StatementPosition) {}
        func log(_ line: LogLine) {}

        func row(_ row: VQLRow, of position: StatementPosition) throws {
            let place = count.withLock { count in
                count += 1
                return count
            }
            try atRow(place)
        }
    }

    private struct NobodyListens: Error {}

    @Test(
        "LIMIT ends a source that would never end, however deep it lies",
        arguments: [
            "SELECT * FROM range(end=9000000000000000000) LIMIT 3",
            "SELECT * FROM foreach(row={SELECT * FROM range(end=9000000000000000000)}) LIMIT 3",
            "LET q = SELECT * FROM range(end=9000000000000000000) SELECT * FROM chain(a={SELECT * FROM q}) LIMIT 3",
        ]
    )
    func limitStopsTheSource(vql: String) async throws {
        #expect(try await QueryEngine.underTest.outcome(of: vql).rows.count == 3)
    }

    @Test("An inner LIMIT ends only its own query")
    func innerLimit() async throws {
        let vql = """
            SELECT * FROM foreach(row={SELECT * FROM range(end=4)}, query={SELECT * FROM range(end=100) LIMIT 2})
            """
        #expect(try await QueryEngine.underTest.outcome(of: vql).rows.count == 8)
    }

    @Test("A limit below one gives one row", arguments: ["0", "-1", "-5"])
    func limitBelowOne(limit: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT * FROM range(end=5) LIMIT \(limit)")
        #expect(outcome.rows.count == 1)
    }

    @Test("Cancelling ends a query at its next row")
    func cancelling() async throws {
        let cancellation = Cancellation()
        let sink = Watcher { if $0 == 10 { cancellation.cancel() } }
        let request = QueryRequest(queries: ["SELECT * FROM range(end=9000000000000000000)"], session: Self.session)
        await #expect(throws: QueryInterruption.cancelled) {
            try await QueryThread.run {
                try QueryEngine.underTest.run(request, cancellation: cancellation, into: sink)
            }
        }
        #expect(sink.rows == 10)
    }

    @Test("Cancelling wakes a query that sleeps")
    func cancellingSleep() async throws {
        let sink = Watcher { _ in }
        let request = QueryRequest(
            queries: ["SELECT sleep(time=9223372036854775807) FROM scope()"],
            session: Self.session
        )
        let task = Task { try await QueryEngine.underTest.run(request, into: sink) }
        task.cancel()
        await #expect(throws: QueryInterruption.cancelled) { try await task.value }
        #expect(sink.rows == 0)
    }

    @Test("A query whose listener is gone produces no further row")
    func listenerGone() async throws {
        let sink = Watcher { if $0 == 5 { throw NobodyListens() } }
        let request = QueryRequest(queries: ["SELECT * FROM range(end=1000)"], session: Self.session)
        await #expect(throws: NobodyListens.self) { try await QueryEngine.underTest.run(request, into: sink) }
        #expect(sink.rows == 5)
    }

    @Test("When its time is up a query ends with a log line, and keeps the rows it had")
    func timeout() async throws {
        let vql = "SELECT * FROM chain(a={SELECT 1 AS A FROM scope()}, b={SELECT sleep(time=100000) FROM scope()})"
        let outcome = try await QueryEngine.underTest.outcome(of: vql, timeout: .seconds(3))
        #expect(outcome.rows.count == 1)
        #expect(outcome.lines.count == 1)
        #expect(outcome.lines.first?.hasPrefix("collect: <red>Timeout Error:</> Collection timed out after ") == true)
    }

    @Test("Runaway work without rows still ends when its time is up")
    func timeoutWithoutRows() async throws {
        let vql = "SELECT count() AS C FROM range(end=9000000000000000000) GROUP BY 1"
        let outcome = try await QueryEngine.underTest.outcome(of: vql, timeout: .milliseconds(50))
        #expect(outcome.rows.isEmpty)
        #expect(outcome.lines.first?.contains("Timeout Error") == true)
    }
}
