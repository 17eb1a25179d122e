// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Tools about flows", .timeLimit(.minutes(1)))
struct FlowToolTests {
    private static let clientID = FlowWatchTests.clientID
    private static let flowID = FlowWatchTests.flowID

    /// Answers queries of `flows()` with these rows, one after the other, and anything else with `others`.
    private static func script(_ flows: [JSONValue], others: String = "[]") -> ScriptedServer.Script {
        let answers = Answers(flows)
        return { query, _ in
            let isFlow = query.arguments.query[0].vql.contains("FROM flows(")
            try await query.rows(isFlow ? JSONValue.array([answers.next()]).json() : others)
            return .ok
        }
    }

    private static func watch(_ server: ScriptedServer) throws -> FlowWatch {
        FlowWatch(client: try server.client(), clientID: clientID, flowID: flowID, sleep: { _ in })
    }

    // MARK: get_flow_status, wait_for_flow

    @Test("get_flow_status has the raw values with their text, and rows for each source")
    func status() async throws {
        let row = FlowWatchTests.row(
            "FINISHED",
            rows: 25,
            sources: ["Linux.Sys.Users"],
            statistics: [FlowWatchTests.statistic("OK", ["Linux.Sys.Users"], rows: 25)]
        )
        try await ScriptedServer.with(Self.script([row])) { server in
            let told = try Told(try await FlowStatus(watch: Self.watch(server))().toolResult)
            #expect(told.text.hasPrefix("Flow F.TEST1 of C.0000000000000001: Finished with 25 rows."))
            let expected: JSONObject = [
                "org_id": "root", "client_id": .string(Self.clientID), "flow_id": .string(Self.flowID),
                "state": "FINISHED", "stage": "finished", "is_done": true,
                "artifacts_requested": ["Linux.Sys.Users"],
                "artifacts_with_results": [["source": "Linux.Sys.Users", "rows": 25]],
                "created": "2026-11-23T05:58:30.447Z", "create_time": 1_795_413_510_447_276,
                "execution_duration": 2_367_000, "duration_seconds": JSONValue(0.002), "total_collected_rows": 25,
            ]
            for (name, value) in expected { #expect(told.structure[name] == value, "\(name)") }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a queued flow tells when its client was last seen")
    func queued() async throws {
        let seen = ScriptedServer.time - 3 * 86_400_000_000
        let client = #"[{"info":{"client_id":"\#(Self.clientID)","last_seen_at":\#(seen)},"metadata":{}}]"#
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("RUNNING", start: 0)], others: client)) {
            server in
            let told = try Told(try await FlowStatus(watch: Self.watch(server))().toolResult)
            #expect(told.structure["stage"] == "queued")
            #expect(told.text.contains("Last seen 2026-11-20T12:00:00.000Z, 3 days ago: probably offline."))
            #expect(told.structure["started"] == .null)
        }
    }

    @Test("a queued flow of a client that is gone says so")
    func gone() async throws {
        let client = #"[{"info":{"client_id":""},"metadata":{}}]"#
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("RUNNING", start: 0)], others: client)) {
            server in
            let told = try Told(try await FlowStatus(watch: Self.watch(server))().toolResult)
            #expect(told.text.contains("keeps no record of this client"))
        }
    }

    @Test("a failed flow tells why, and that it may have rows")
    func failed() async throws {
        let row = FlowWatchTests.row("ERROR", status: "glob: \u{1B}[31mno such file", rows: 3)
        try await ScriptedServer.with(Self.script([row])) { server in
            let told = try Told(try await FlowStatus(watch: Self.watch(server))().toolResult)
            #expect(
                told.text.contains("Ended with an error: glob: \\u001b[31mno such file. What came before it is kept: 3")
            )
            #expect(told.structure["stage"] == "failed")
        }
    }

    @Test("a wait whose time is up says how to go on")
    func timeUp() async throws {
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("IN_PROGRESS", rows: 2)])) { server in
            let report = try await FlowStatus(watch: Self.watch(server)).wait(for: .zero) { _, _ in }
            let told = try Told(report.toolResult)
            #expect(!told.isError)
            #expect(told.structure["timed_out"] == true)
            #expect(told.text.contains("call wait_for_flow again"))
        }
    }

    @Test("a wait that ends tells where the rows are")
    func waited() async throws {
        let rows = [FlowWatchTests.row("IN_PROGRESS"), FlowWatchTests.row("FINISHED", rows: 2, sources: ["A"])]
        try await ScriptedServer.with(Self.script(rows)) { server in
            let report = try await FlowStatus(watch: Self.watch(server)).wait(for: .seconds(60)) { _, _ in }
            let told = try Told(report.toolResult)
            #expect(told.structure["timed_out"] == false)
            #expect(told.structure["waited_seconds"] != nil)
            #expect(told.text.contains("get_flow_results"))
        }
    }

    // MARK: list_flows

    @Test("list_flows asks for the newest first and lets the server filter")
    func filters() async throws {
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("FINISHED", rows: 2)])) { server in
            let list = ListFlows(client: try server.client())
            var request = ListFlows.Request(clientID: Self.clientID)
            let page = try await list(request)
            #expect(page.rows.first?["flow_id"] == .string(Self.flowID))
            #expect(page.rows.first?["created"] == "2026-11-23T05:58:30.447Z")
            #expect(
                server.requests[0].query[0].vql.hasSuffix(
                    "FROM flows(client_id=ClientId) ORDER BY create_time DESC LIMIT 51"
                )
            )
            request.state = "ERROR"
            request.artifact = "Pslist"
            request.since = "2026-11-23T12:00:00Z"
            request.limit = 5
            _ = try await list(request)
            #expect(
                server.requests[1].query[0].vql.hasSuffix(
                    """
                    FROM flows(client_id=ClientId) WHERE state = State AND request.artifacts =~ ArtifactRegex \
                    AND create_time >= int(int=Since) ORDER BY create_time DESC LIMIT 6
                    """
                )
            )
            #expect(server.requests[1].env.map(\.value) == [Self.clientID, "ERROR", "Pslist", "1795435200000000"])
        }
    }

    @Test("list_flows without a flow says what was asked for")
    func noFlow() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let page = try await ListFlows(client: server.client())(
                ListFlows.Request(clientID: Self.clientID, state: "ERROR", organization: "O1")
            )
            #expect(
                try Told(page).text.hasPrefix(
                    "No flow of \(Self.clientID) in organisation O1 with state ERROR. Nothing was collected there that fits."
                )
            )
        }
    }

    @Test("list_flows refuses a moment that is none, and a pattern that the server cannot read")
    func badFilters() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("Compile regexp: error parsing regexp: missing closing ): `(`")
            try await query.rows("[]")
            return .ok
        } _: { server in
            let list = ListFlows(client: try server.client())
            for request in [
                ListFlows.Request(clientID: Self.clientID, since: "yesterday"),
                ListFlows.Request(clientID: Self.clientID, artifact: "("),
            ] {
                let thrown = await #expect(throws: MegaraptorError.self) { _ = try await list(request) }
                #expect(thrown?.code == .invalidArgument)
            }
        }
    }

    // MARK: get_flow_logs, list_flow_uploads

    @Test("get_flow_logs gives times as text beside the seconds, and filters by level")
    func logs() async throws {
        let lines = #"[{"client_time":1795413510,"level":"ERROR","message":"glob: no\u001b[1m\n"}]"#
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("ERROR", status: "x")], others: lines)) {
            server in
            let page = try await FlowLogs(client: server.client())(
                FlowLogs.Request(
                    clientID: Self.clientID,
                    flowID: Self.flowID,
                    levels: ["ERROR", "WARN"],
                    isNewestFirst: true
                )
            )
            #expect(
                page.rows == [
                    [
                        "time": "2026-11-23T05:58:30Z", "client_time": 1_795_413_510, "level": "ERROR",
                        "message": "glob: no\u{1B}[1m",
                    ]
                ]
            )
            #expect(
                server.requests[1].query[0].vql.hasSuffix(
                    "WHERE level IN parse_json_array(data=Levels) ORDER BY client_time DESC LIMIT 201"
                )
            )
            #expect(server.requests[1].env.map(\.value).last == #"["ERROR","WARN"]"#)
            #expect(try Told(page).text.contains("1 log line of level ERROR or WARN of flow F.TEST1"))
        }
    }

    @Test("no log line and no upload are told with the flow's state")
    func nothing() async throws {
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("IN_PROGRESS")])) { server in
            let client = try server.client()
            let logs = try await FlowLogs(client: client)(
                FlowLogs.Request(clientID: Self.clientID, flowID: Self.flowID)
            )
            #expect(try Told(logs).text.hasPrefix("No log line of flow F.TEST1"))
            #expect(try Told(logs).text.contains("Running on the client"))
            let uploads = try await FlowUploads(client: client)(
                FlowUploads.Request(clientID: Self.clientID, flowID: Self.flowID)
            )
            #expect(try Told(uploads).text.hasPrefix("No uploaded file of flow F.TEST1"))
            #expect(try Told(uploads).text.contains("Running on the client"))
        }
    }

    @Test("the logs and uploads of an unknown flow are not found, not empty")
    func unknownFlow() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let client = try server.client()
            let logs = await #expect(throws: MegaraptorError.self) {
                _ = try await FlowLogs(client: client)(FlowLogs.Request(clientID: Self.clientID, flowID: Self.flowID))
            }
            #expect(logs?.code == .notFound)
            let uploads = await #expect(throws: MegaraptorError.self) {
                _ = try await FlowUploads(client: client)(
                    FlowUploads.Request(clientID: Self.clientID, flowID: Self.flowID)
                )
            }
            #expect(uploads?.code == .notFound)
        }
    }

    @Test("logs page on by cursor, and a log that changed is refused")
    func pages() async throws {
        let all = Mutex((0..<5).map { #"{"client_time":\#($0 + 1),"level":"INFO","message":"line \#($0)"}"# })
        try await ScriptedServer.with { query, _ in
            let isFlow = query.arguments.query[0].vql.contains("FROM flows(")
            let lines = all.withLock { "[\($0.joined(separator: ","))]" }
            try await query.rows(isFlow ? JSONValue.array([FlowWatchTests.row("IN_PROGRESS")]).json() : lines)
            return .ok
        } _: { server in
            let logs = FlowLogs(client: try server.client())
            var request = FlowLogs.Request(clientID: Self.clientID, flowID: Self.flowID, limit: 2)
            var seen: [String] = []
            repeat {
                let told = try Told(try await logs(request))
                seen += told.rows("logs").compactMap { $0["message"]?.stringValue }
                request.cursor = told.structure["next_cursor"]?.stringValue
            } while request.cursor != nil && seen.count < 10
            #expect(seen == (0..<5).map { "line \($0)" })
            request.cursor = try Told(try await logs(request)).structure["next_cursor"]?.stringValue
            all.withLock { $0[0] = #"{"client_time":1,"level":"INFO","message":"other"}"# }
            let next = request
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await logs(next) }
            #expect(thrown?.code == .conflict)
        }
    }

    @Test("list_flow_uploads has paths, sizes and times as recorded")
    func uploads() async throws {
        let recorded = try #require(try Recorded.exchange("uploads_of_flow")["rows"]?.arrayValue?.first)
        var row = JSONObject()
        for (name, member) in [
            ("client_path", "client_path"), ("accessor", "_accessor"), ("type", "Type"), ("file_size", "file_size"),
            ("uploaded_size", "uploaded_size"), ("timestamp", "Timestamp"), ("vfs_path", "vfs_path"),
        ] { row[name] = recorded[member] }
        let rows = JSONValue.array([.object(row)]).json()
        try await ScriptedServer.with(Self.script([FlowWatchTests.row("FINISHED", rows: 5)], others: rows)) { server in
            let page = try await FlowUploads(client: server.client())(
                FlowUploads.Request(clientID: Self.clientID, flowID: Self.flowID)
            )
            #expect(page.rows.first?["client_path"] == "/etc/host.conf")
            #expect(page.rows.first?["file_size"] == 9)
            #expect(page.rows.first?["uploaded"] == "2026-11-23T04:56:39Z")
            #expect(try Told(page).text.contains("cannot be fetched"))
        }
    }

    // MARK: cancel_flow

    @Test("cancel_flow tells the state before and after, and sends its request once")
    func cancel() async throws {
        let flows = [
            FlowWatchTests.row("IN_PROGRESS", rows: 4),
            FlowWatchTests.row("ERROR", status: "Cancelled by VQL query", rows: 4),
        ]
        try await ScriptedServer.with(Self.script(flows, others: #"[{"cancelled":{"flow_id":"F.TEST1"}}]"#)) { server in
            let outcome = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            #expect(outcome.before.stage == .running)
            #expect(outcome.after.stage == .cancelled)
            #expect(
                server.requests.map { $0.query[0].vql } == [
                    "SELECT * FROM flows(client_id=ClientId, flow_id=FlowId)",
                    "SELECT cancel_flow(client_id=ClientId, flow_id=FlowId) AS cancelled FROM scope()",
                    "SELECT * FROM flows(client_id=ClientId, flow_id=FlowId)",
                ]
            )
        }
    }

    @Test(
        "a flow that is over is not cancelled: the server would make it an error",
        arguments: [("FINISHED", ""), ("ERROR", "failed"), ("ERROR", "Cancelled by VQL query")]
    )
    func over(state: String, status: String) async throws {
        try await ScriptedServer.with(Self.script([FlowWatchTests.row(state, status: status)])) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            }
            #expect(thrown?.code == .failedPrecondition)
            #expect(thrown?.message.contains("Nothing was sent") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test("an unknown flow is not cancelled")
    func cancelUnknown() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            }
            #expect(thrown?.code == .notFound)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a flow that goes on all the same is an error")
    func stillRunning() async throws {
        try await ScriptedServer.with(
            Self.script([FlowWatchTests.row("IN_PROGRESS")], others: #"[{"cancelled":{"flow_id":"F.TEST1"}}]"#)
        ) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            }
            #expect(thrown?.code == .failedPrecondition)
            #expect(thrown?.message.contains("still running") == true)
        }
    }

    @Test("cancelling without the right names the role")
    func cancelDenied() async throws {
        try await ScriptedServer.with { query, number in
            if number == 0 {
                try await query.rows(JSONValue.array([FlowWatchTests.row("IN_PROGRESS")]).json())
            } else {
                try await query.log("cancel_flow: PermissionDenied: Permission denied: [COLLECT_CLIENT]")
                try await query.rows(#"[{"cancelled":null}]"#)
            }
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            }
            #expect(thrown?.code == .permissionDenied)
            #expect(thrown?.hint.contains("`investigator`") == true)
        }
    }

    @Test("a cancellation whose effect cannot be read says that it was sent")
    func unreadEffect() async throws {
        try await ScriptedServer.with { query, number in
            if number == 2 { return GRPCStatus(.permissionDenied, "no") }
            try await query.rows(number == 0 ? JSONValue.array([FlowWatchTests.row("IN_PROGRESS")]).json() : "[{}]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CancelFlow(client: server.client())(Self.clientID, Self.flowID)
            }
            #expect(thrown?.hint.contains("was sent") == true)
            #expect(thrown?.retryable == false)
        }
    }
}
