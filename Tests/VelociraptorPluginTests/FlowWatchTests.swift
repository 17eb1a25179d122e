// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Looking at a flow", .timeLimit(.minutes(1)))
struct FlowWatchTests {
    static let clientID = "C.0000000000000001"
    static let flowID = "F.TEST1"

    /// A row of `flows()`.
    static func row(
        _ state: String,
        start: Int64 = 1_795_413_510_465_884,
        status: String = "",
        rows: Int64 = 0,
        sources: [String] = [],
        statistics: [JSONValue] = []
    ) -> JSONValue {
        [
            "client_id": .string(clientID), "session_id": .string(flowID), "state": .string(state),
            "status": .string(status), "create_time": 1_795_413_510_447_276, "start_time": .integer(start),
            "active_time": .integer(start), "execution_duration": 2_367_000, "total_collected_rows": .integer(rows),
            "total_requests": JSONValue(statistics.count),
            "artifacts_with_results": .array(sources.map(JSONValue.string)), "query_stats": .array(statistics),
            "request": ["artifacts": ["Linux.Sys.Users"], "creator": "mcp"],
        ]
    }

    static func statistic(_ status: String, _ names: [String], rows: Int64) -> JSONValue {
        [
            "status": .string(status), "names_with_response": .array(names.map(JSONValue.string)),
            "result_rows": .integer(rows), "error_message": "",
        ]
    }

    private static func watch(_ server: ScriptedServer) throws -> FlowWatch {
        FlowWatch(client: try server.client(), clientID: clientID, flowID: flowID, sleep: { _ in })
    }

    @Test(
        "the server's states have plain words, and only three of them are an end",
        arguments: [
            (row("RUNNING", start: 0), FlowState.Stage.queued, false),
            (row("RUNNING"), .running, false),
            (row("WAITING", start: 0), .waiting, false),
            (row("IN_PROGRESS"), .running, false),
            (row("FINISHED"), .finished, true),
            (row("ERROR", status: "query failed"), .failed, true),
            (row("ERROR", status: "Cancelled by VQL query"), .cancelled, true),
            (row("UNRESPONSIVE"), .unknown, false),
        ]
    )
    func stages(row: JSONValue, stage: FlowState.Stage, isDone: Bool) {
        let state = FlowState(row: row)
        #expect(state.stage == stage)
        #expect(state.isDone == isDone)
        #expect(!state.explanation().isEmpty)
    }

    @Test("rows are counted for each source, and not guessed where the server counted several together")
    func sources() {
        let state = FlowState(
            row: Self.row(
                "FINISHED",
                rows: 25,
                sources: ["A/One", "A/Two", "B"],
                statistics: [
                    Self.statistic("OK", ["A/One", "A/Two"], rows: 20), Self.statistic("OK", ["B"], rows: 3),
                    Self.statistic("PROGRESS", ["B"], rows: 2),
                ]
            )
        )
        #expect(
            state.sources == [
                FlowState.Source(name: "A/One", rows: nil), FlowState.Source(name: "A/Two", rows: nil),
                FlowState.Source(name: "B", rows: 5),
            ]
        )
        #expect(state.queries == (2, 3))
    }

    @Test("a flow that finished without a row does not pass for `nothing there`")
    func finishedEmpty() {
        #expect(FlowState(row: Self.row("FINISHED")).explanation().contains("precondition"))
        #expect(FlowState(row: Self.row("FINISHED", rows: 1)).explanation() == "Finished with 1 row.")
    }

    @Test("a wait looks until the flow is done and tells of each look")
    func wait() async throws {
        let rows = Answers([
            Self.row("RUNNING", start: 0), Self.row("WAITING", start: 0), Self.row("IN_PROGRESS", rows: 2),
            Self.row("FINISHED", rows: 3),
        ])
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([rows.next()]).json())
            return .ok
        } _: { server in
            var seen: [FlowState.Stage] = []
            let outcome = try await Self.watch(server).wait(for: .seconds(60)) { state, _ in seen.append(state.stage) }
            #expect(seen == [.queued, .waiting, .running, .finished])
            #expect(outcome.state.rowCount == 3)
            #expect(!outcome.isTimeUp)
            let arguments = server.requests[0]
            #expect(arguments.query.map(\.vql) == ["SELECT * FROM flows(client_id=ClientId, flow_id=FlowId)"])
            #expect(arguments.env.map(\.value) == [Self.clientID, Self.flowID])
        }
    }

    @Test("the pauses of a wait grow from 0.2 to 2 seconds")
    func pauses() async throws {
        let pauses = Mutex<[Duration]>([])
        let rows = Answers(Array(repeating: Self.row("IN_PROGRESS"), count: 12) + [Self.row("FINISHED")])
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([rows.next()]).json())
            return .ok
        } _: { server in
            var watch = try Self.watch(server)
            watch.sleep = { pause in pauses.withLock { $0.append(pause) } }
            _ = try await watch.wait(for: .seconds(600))
        }
        let all = pauses.withLock { $0 }
        #expect(all.first == .milliseconds(200))
        #expect(all.last == .seconds(2))
        #expect(all == all.sorted())
    }

    @Test("time that is up is no error: the state so far is the answer")
    func timeUp() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([Self.row("IN_PROGRESS", rows: 7)]).json())
            return .ok
        } _: { server in
            let outcome = try await Self.watch(server).wait(for: .zero)
            #expect(outcome.isTimeUp)
            #expect(outcome.state.rowCount == 7)
            #expect(server.requests.count == 1)
        }
    }

    @Test("cancelling the task ends a wait in its pause")
    func cancelled() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([Self.row("IN_PROGRESS")]).json())
            return .ok
        } _: { server in
            var watch = try Self.watch(server)
            let (paused, pausing) = AsyncStream<Void>.makeStream()
            watch.sleep = { _ in
                pausing.yield()
                try await Task.sleep(for: .seconds(3600))
            }
            let task = Task { [watch] in try await watch.wait(for: .seconds(7200)) }
            for await _ in paused { break }
            task.cancel()
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await task.value }
            #expect(thrown?.code == .cancelled)
            #expect(thrown?.hint.contains("goes on") == true)
        }
    }

    @Test("an unknown flow is not found")
    func unknown() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await Self.watch(server).state() }
            #expect(thrown?.code == .notFound)
            #expect(thrown?.message.contains(Self.flowID) == true)
        }
    }

    @Test("a flow of an unknown client is not found either")
    func unknownClient() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("flows: unable to get client C.1: Client ID C.1 not known in this org: NotFoundError")
            try await query.rows("[]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await Self.watch(server).state() }
            #expect(thrown?.code == .notFound)
        }
    }
}
