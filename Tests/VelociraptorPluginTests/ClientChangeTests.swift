// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Changing clients, and a server that misbehaves", .timeLimit(.minutes(1)))
struct ClientChangeTests {
    private static let id = "C.0000000000000001"
    private static let flowID = "F.TEST1"

    /// What `client_info()` says of the client. `age` is in seconds.
    private static func client(
        labels: [String] = [],
        system: String = "windows",
        age: Int64 = 60
    ) -> String {
        let seen = Int64(ScriptedServer.time) - age * 1_000_000
        let info: JSONValue = [
            "client_id": .string(id), "os_info": ["hostname": "ws-1", "system": .string(system)],
            "labels": .array(labels.map(JSONValue.string)), "last_seen_at": .integer(seen),
        ]
        return JSONValue.array([["info": info, "metadata": [:]]]).json()
    }

    private static func count(_ text: String, _ server: ScriptedServer) -> Int {
        server.requests.count { $0.query.last?.vql.contains(text) == true }
    }

    // MARK: - Labels

    @Test("labels travel beside the query, and are read back in any case", arguments: ["add", "remove"])
    func label(word: String) async throws {
        let operation = try #require(LabelClient.Operation(rawValue: word))
        let states = operation == .add ? [["old"], ["old", "it's"]] : [["old", "it's"], ["old"]]
        let answers = Answers(states.map { Self.client(labels: $0) })
        try await ScriptedServer.with({ query, _ in
            let isChange = query.arguments.query.last?.vql.contains("label(") == true
            try await query.rows(isChange ? #"[{"label":{"Op":"x"}}]"# : answers.next())
            return .ok
        }) { server in
            let outcome = try await LabelClient(client: server.client())(Self.id, operation, ["IT's", "it's"])
            #expect(outcome == LabelClient.Outcome(before: states[0], after: states[1]))
            #expect(outcome.changed == ["it's"])
            let sent = try #require(server.requests.first { $0.query.last?.vql.contains("label(") == true })
            #expect(
                sent.query[0].vql == """
                    SELECT label(client_id=ClientId, labels=parse_json_array(data=Labels), \
                    op='\(word == "add" ? "set" : "remove")') AS label FROM scope()
                    """
            )
            #expect(sent.env.map(\.value) == [Self.id, #"["IT's"]"#])
        }
    }

    @Test("nothing is sent for labels that are there already, for an unknown client, and for what is no label")
    func unsent() async throws {
        try await ScriptedServer.with({ query, _ in
            try await query.rows(Self.client(labels: ["a"]))
            return .ok
        }) { server in
            let label = LabelClient(client: try server.client())
            let outcome = try await label(Self.id, .add, ["A"])
            #expect(outcome.changed.isEmpty)
            _ = try await label(Self.id, .remove, ["b"])
            for bad in [[], [""], ["a\n"], [" a"], [String(repeating: "x", count: 101)], ["a\u{0}b"]] {
                let thrown = await #expect(throws: MegaraptorError.self) { try await label(Self.id, .add, bad) }
                #expect(thrown?.code == .invalidArgument)
            }
            let unknown = await #expect(throws: MegaraptorError.self) {
                try await label("C.00000000000000ff", .add, ["b"])
            }
            #expect(unknown?.code == .notFound)
            #expect(Self.count("label(", server) == 0)
        }
    }

    @Test("labels that do not show after the change are an error")
    func ghost() async throws {
        try await ScriptedServer.with({ query, _ in
            let isChange = query.arguments.query.last?.vql.contains("label(") == true
            try await query.rows(isChange ? #"[{"label":{"Op":"set"}}]"# : Self.client(labels: ["old"]))
            return .ok
        }) { server in
            let settling = Settling(sleep: { _ in })
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await LabelClient(client: server.client(), settling: settling)(Self.id, .add, ["new"])
            }
            #expect(thrown?.code == .failedPrecondition)
            #expect(thrown?.message.contains("are now: old") == true)
            #expect(Self.count("label(", server) == 1)
        }
    }

    // MARK: - Quarantine

    private static let definition = """
        [{"name":"Windows.Remediation.Quarantine","type":"client","parameters":[{"name":"MessageBox","type":""},\
        {"name":"RemovePolicy","type":"bool"}],"sources":[{"name":""}]}]
        """

    private static func flow(_ state: String, rows: Int) -> String {
        let row: JSONValue = [
            "client_id": .string(id), "session_id": .string(flowID), "state": .string(state), "status": "",
            "start_time": state == "RUNNING" ? 0 : 5, "total_collected_rows": JSONValue(rows), "query_stats": [],
            "request": ["artifacts": ["Windows.Remediation.Quarantine"]],
        ]
        return JSONValue.array([row]).json()
    }

    /// A server with a client whose flow is in `state` and wrote `results`.
    private static func script(
        client: String = client(),
        environment: String = #"{"key":"MessageBox","value":"call IT: failed"}"#,
        state: String = "FINISHED",
        results: [String] = []
    ) -> ScriptedServer.Script {
        let rows = results.map { JSONValue.object(["Time": "2026-11-23T12:00:00Z", "Result": .string($0)]) }
        return { query, _ in
            let text = query.arguments.query.last?.vql ?? ""
            if text.contains("client_info(") {
                try await query.rows(client)
            } else if text.contains("artifact_definitions(") {
                try await query.rows(definition)
            } else if text.contains("collect_client(") {
                try await query.rows(
                    """
                    [{"flow":{"flow_id":"F.TEST1","request":{"specs":[{"artifact":"Windows.Remediation.Quarantine",\
                    "parameters":{"env":[\(environment)]}}]}}}]
                    """
                )
            } else if text.contains("FROM flows(") {
                try await query.rows(flow(state, rows: rows.count))
            } else if text.contains("FROM source(") {
                try await query.rows(JSONValue.array(rows).json())
            } else {
                try await query.rows(#"[{"level":"INFO","message":"done\n"}]"#)
            }
            return .ok
        }
    }

    private static func request(_ change: (inout QuarantineClient.Request) -> Void = { _ in })
        -> QuarantineClient.Request
    {
        var request = QuarantineClient.Request(clientID: id, message: "call IT: failed", wait: .zero)
        change(&request)
        return request
    }

    @Test(
        "what became of a quarantine is told by the flow and its rows",
        arguments: [
            ("RUNNING", [], QuarantineOutcome.Verdict.pending),
            ("FINISHED", [], .failed),
            ("FINISHED", ["Policy connection test successful. call IT: failed"], .quarantined),
            ("FINISHED", ["Policy failed connection test. Removing policy."], .failed),
            ("FINISHED", ["something happened"], .unconfirmed),
            ("FINISHED", ["Running [nft add]: , Returned 0 ", "Running [nft x]: , Returned 1 "], .unconfirmed),
            ("FINISHED", ["Running [nft add]: , Returned 0 "], .quarantined),
            ("FINISHED", ["Running [nft add]: , Returned -1 "], .failed),
            ("ERROR", ["Policy applied."], .unconfirmed),
            ("ERROR", [], .failed),
        ]
    )
    func verdicts(state: String, results: [String], verdict: QuarantineOutcome.Verdict) async throws {
        try await ScriptedServer.with(Self.script(state: state, results: results)) { server in
            let outcome = try await QuarantineClient(client: server.client())(Self.request())
            #expect(outcome.verdict == verdict)
            let told = try Told(outcome.result(nil))
            #expect(told.structure["status"] == .string(verdict.rawValue))
            #expect(told.structure["flow_id"] == "F.TEST1")
            #expect(told.isError == (verdict == .failed))
            #expect(told.text.contains("NOT IN FORCE yet") == (verdict == .pending))
        }
    }

    @Test("the message travels as a parameter, beside the query")
    func message() async throws {
        try await ScriptedServer.with(Self.script()) { server in
            _ = try await QuarantineClient(client: server.client())(Self.request())
            let sent = try #require(server.requests.first { $0.query.last?.vql.contains("collect_client(") == true })
            #expect(
                sent.env.map(\.value) == [
                    Self.id, #"["Windows.Remediation.Quarantine"]"#,
                    #"{"Windows.Remediation.Quarantine":{"MessageBox":"call IT: failed"}}"#,
                ]
            )
        }
    }

    @Test("a release that lost its parameter is an error that names the flow: it would quarantine")
    func lostRelease() async throws {
        try await ScriptedServer.with(Self.script(environment: "")) { server in
            let request = Self.request {
                $0.isQuarantined = false
                $0.message = nil
            }
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await QuarantineClient(client: server.client())(request)
            }
            #expect(thrown?.code == .failedPrecondition)
            #expect(thrown?.details["flow_id"] == "F.TEST1")
            #expect(thrown?.message.contains("without the parameter RemovePolicy") == true)
        }
    }

    @Test(
        "what cannot be done is refused before anything is sent",
        arguments: [
            (client(age: 90_000), request(), MegaraptorError.Code.failedPrecondition, "offline for long"),
            (client(system: "freebsd"), request(), .failedPrecondition, "freebsd"),
            (client(system: ""), request(), .failedPrecondition, "does not know a system"),
            (#"[{"info":null,"metadata":null}]"#, request(), .notFound, "There is no client"),
            (client(), request { $0.message = String(repeating: "x", count: 257) }, .invalidArgument, "257"),
            (client(), request { $0.isQuarantined = false }, .invalidArgument, "A release shows no message"),
        ]
    )
    func refused(
        client: String,
        request: QuarantineClient.Request,
        code: MegaraptorError.Code,
        words: String
    ) async throws {
        try await ScriptedServer.with(Self.script(client: client)) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await QuarantineClient(client: server.client())(request)
            }
            #expect(thrown?.code == code)
            #expect(thrown?.message.contains(words) == true, "\(thrown?.message ?? "")")
            #expect(Self.count("collect_client(", server) == 0)
        }
    }

    @Test("force queues it for a client that was not seen for long, which is pending")
    func force() async throws {
        try await ScriptedServer.with(Self.script(client: Self.client(age: 90_000), state: "RUNNING")) { server in
            let outcome = try await QuarantineClient(client: server.client())(Self.request { $0.force = true })
            #expect(outcome.verdict == .pending)
            #expect(outcome.explanation.contains("probably offline"))
        }
    }

    @Test("a wait that is cancelled names the flow, which goes on")
    func cancelled() async throws {
        try await ScriptedServer.with(Self.script(state: "RUNNING")) { server in
            let quarantine = QuarantineClient(
                client: try server.client(),
                sleep: { _ in throw CancellationError() }
            )
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await quarantine(Self.request { $0.wait = .seconds(60) })
            }
            #expect(thrown?.code == .cancelled)
            #expect(thrown?.details["flow_id"] == "F.TEST1")
            #expect(
                thrown?.message.hasPrefix("The collection F.TEST1 of Windows.Remediation.Quarantine was queued.")
                    == true
            )
        }
    }
}
