// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Hunts and a server that misbehaves", .timeLimit(.minutes(1)))
struct HuntTests {
    private static let created: Int64 = 1_795_435_200_000_000
    private static let id = "H.TEST1"

    private static func row(
        _ state: String,
        labels: [String] = [],
        parameters: [String: String] = [:],
        expires: Int64 = created + 24 * 3_600_000_000
    ) -> String {
        let variables = parameters.map { JSONValue.object(["key": .string($0), "value": .string($1)]) }
        let row: JSONValue = [
            "hunt_id": .string(id), "hunt_description": "look", "state": .string(state), "creator": "mcp",
            "create_time": .integer(created), "start_time": 0, "expires": .integer(expires), "tags": [],
            "artifacts": ["Linux.Sys.Users"], "artifact_sources": ["Linux.Sys.Users"],
            "condition": [
                "labels": ["label": .array(labels.map(JSONValue.string))], "excluded_labels": ["label": []],
                "os": ["os": "ALL"],
            ],
            "stats": ["total_clients_scheduled": 3, "total_finished_clients": 1], "timeout": 600,
            "specs": [["artifact": "Linux.Sys.Users", "parameters": ["env": .array(variables)]]], "cpu_limit": 0,
            "max_rows": 0, "max_bytes": 1_073_741_824,
        ]
        return JSONValue.array([row]).json()
    }

    private static let definition = """
        [{"name":"Linux.Sys.Users","type":"client","parameters":[{"name":"PasswordFile","type":"","choices":[]}],\
        "sources":[{"name":""}]}]
        """
    private static let answer = #"[{"hunt":{"HuntId":"H.TEST1","Request":{"expires":"1795521600000000"}}}]"#

    /// What a server does that knows one artifact and creates `answer`, told as `hunt`.
    private static func script(
        answer: String = answer,
        hunt: String,
        log: String? = nil,
        creating: GRPCStatus = .ok
    ) -> ScriptedServer.Script {
        { query, _ in
            let text = query.arguments.query.last?.vql ?? ""
            if text.contains("FROM artifact_definitions(") {
                try await query.rows(definition)
            } else if text.contains("FROM clients()") {
                try await query.rows(#"[{"os":"linux","labels":["DMZ"],"last_seen_at":1795435100000000}]"#)
            } else if text.contains("SELECT hunt(") {
                guard creating == .ok else { return creating }
                if let log { try await query.log(log) }
                try await query.rows(answer)
            } else {
                try await query.rows(hunt)
            }
            return .ok
        }
    }

    private static func request() throws -> CreateHunt.Request {
        CreateHunt.Request(
            artifacts: ["Linux.Sys.Users", "Linux.Sys.Users"],
            description: " look ",
            parameters: ["Linux.Sys.Users": ["PasswordFile": "/etc/o'passwd"]],
            condition: try HuntCondition(includedLabels: ["dmz"]),
            organization: "O1"
        )
    }

    private static let good = row("PAUSED", labels: ["dmz"], parameters: ["PasswordFile": "/etc/o'passwd"])

    @Test("everything that create_hunt is given travels beside the query")
    func exact() async throws {
        try await ScriptedServer.with(Self.script(hunt: Self.good)) { server in
            let outcome = try await CreateHunt(client: server.client())(Self.request())
            #expect(outcome.hunt.id == Self.id)
            #expect(outcome.estimate?.clients == 1)
            #expect(outcome.hunt.details["expires"] == "2026-11-24T12:00:00.000Z")
            let sent = server.requests.filter { $0.query.last?.vql.contains("SELECT hunt(") == true }
            #expect(sent.count == 1)
            #expect(
                sent.first?.query.map(\.vql) == [
                    """
                    SELECT hunt(description=Description, artifacts=parse_json_array(data=Artifacts), \
                    spec=parse_json(data=Spec), timeout=int(int=Timeout), expires=now() + int(int=Seconds), \
                    include_labels=parse_json_array(data=IncludeLabels), pause=TRUE) AS hunt FROM scope()
                    """
                ]
            )
            #expect(
                sent.first?.env.map { "\($0.key)=\($0.value)" } == [
                    "Description=look", #"Artifacts=["Linux.Sys.Users"]"#,
                    #"Spec={"Linux.Sys.Users":{"PasswordFile":"/etc/o'passwd"}}"#, "Timeout=600", "Seconds=86400",
                    #"IncludeLabels=["dmz"]"#,
                ]
            )
            #expect(server.requests.allSatisfy { $0.orgID == "O1" })
        }
    }

    @Test(
        "a hunt that is not what was asked for is an error that names it",
        arguments: [
            (row("PAUSED", parameters: ["PasswordFile": "/etc/o'passwd"]), "the condition should be"),
            (
                row("RUNNING", labels: ["dmz"], parameters: ["PasswordFile": "/etc/o'passwd"]),
                "the state should be PAUSED"
            ),
            (row("PAUSED", labels: ["dmz"]), "the parameter PasswordFile of Linux.Sys.Users did not arrive"),
            (
                row("PAUSED", labels: ["dmz"], parameters: ["PasswordFile": "/etc/o'passwd"], expires: created),
                "the life time should be"
            ),
            ("[]", "could not be read back"),
        ]
    )
    func different(hunt: String, words: String) async throws {
        try await ScriptedServer.with(Self.script(hunt: hunt)) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await CreateHunt(client: server.client())(Self.request())
            }
            #expect(thrown?.message.contains(Self.id) == true)
            #expect(thrown?.message.contains(words) == true, "\(thrown?.message ?? "")")
            #expect(thrown?.details["hunt_id"] == .string(Self.id))
            #expect(thrown?.hint.contains("do not create it again") == true)
        }
    }

    @Test("a hunt that was created beside a complaint is an error that names it")
    func complaint() async throws {
        let log = "hunt: Both OS and label conditions set, ignoring include label conditions"
        try await ScriptedServer.with(Self.script(hunt: Self.good, log: log)) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await CreateHunt(client: server.client())(Self.request())
            }
            #expect(thrown?.message.contains("\(Self.id) was created, but the server complained") == true)
        }
    }

    @Test("no hunt and no reason is an error, and so is a reason")
    func nothing() async throws {
        for (log, code) in [(nil, MegaraptorError.Code.internal), ("hunt: Unknown artifact X", .notFound)] {
            try await ScriptedServer.with(Self.script(answer: #"[{"hunt":null}]"#, hunt: "[]", log: log)) { server in
                let thrown = await #expect(throws: MegaraptorError.self) {
                    try await CreateHunt(client: server.client())(Self.request())
                }
                #expect(thrown?.code == code)
            }
        }
    }

    @Test("a hunt is created once, also where the connection fails")
    func once() async throws {
        let script = Self.script(hunt: "[]", creating: GRPCStatus(.unavailable, "gone"))
        try await ScriptedServer.with(script) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await CreateHunt(client: server.client())(Self.request())
            }
            #expect(thrown?.code == .unavailable)
            #expect(thrown?.retryable == false)
            #expect(server.requests.count { $0.query.last?.vql.contains("SELECT hunt(") == true } == 1)
        }
    }

    @Test("a count that the server refuses is said, and the hunt created all the same")
    func uncounted() async throws {
        let script = Self.script(hunt: Self.good)
        try await ScriptedServer.with({ query, number in
            // Only calls that are no queries come without one.
            guard !query.arguments.query.isEmpty else { return GRPCStatus(.permissionDenied, "not allowed") }
            return try await script(query, number)
        }) { server in
            var request = try Self.request()
            request.organization = nil
            let outcome = try await CreateHunt(client: server.client())(request)
            #expect(outcome.estimate == nil)
            #expect(outcome.notes.first?.hasPrefix("How many clients match could not be counted") == true)
        }
    }

    @Test("conditions that the server would not keep are refused")
    func conditions() throws {
        #expect(throws: MegaraptorError.self) { try HuntCondition(includedLabels: ["a"], system: "linux") }
        #expect(throws: MegaraptorError.self) { try HuntCondition(excludedLabels: ["a"], system: "linux") }
        #expect(throws: MegaraptorError.self) { try HuntCondition(includedLabels: ["A"], excludedLabels: ["a"]) }
        #expect(throws: MegaraptorError.self) { try HuntCondition(includedLabels: ["a\u{7}"]) }
        #expect(try HuntCondition(includedLabels: ["a"], excludedLabels: ["b"]).words.contains("without the labels b"))
    }

    @Test("a start without effect, and a start of an expired hunt, are errors")
    func withoutEffect() async throws {
        let paused = Self.row("PAUSED")
        try await ScriptedServer.with({ query, _ in
            let isChange = query.arguments.query.last?.vql.contains("hunt_update(") == true
            try await query.rows(isChange ? #"[{"hunt":"H.TEST1"}]"# : paused)
            return .ok
        }) { server in
            let settling = Settling(sleep: { _ in })
            let modify = ModifyHunt(client: try server.client(), organization: "O1", settling: settling)
            let thrown = await #expect(throws: MegaraptorError.self) { try await modify(Self.id, .start) }
            #expect(thrown?.code == .failedPrecondition)
            #expect(thrown?.message.contains("it is still PAUSED") == true)
            #expect(server.requests.count { $0.query.last?.vql.contains("hunt_update(") == true } == 1)
        }
        let expired = Self.row("STOPPED", expires: Self.created - 1)
        try await ScriptedServer.with({ query, _ in
            try await query.rows(expired)
            return .ok
        }) { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await ModifyHunt(client: server.client())(Self.id, .start)
            }
            #expect(thrown?.message.contains("it has expired") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a call that is cancelled while the state settles says that the change was sent")
    func cancelled() async throws {
        let paused = Self.row("PAUSED")
        try await ScriptedServer.with({ query, _ in
            let isChange = query.arguments.query.last?.vql.contains("hunt_update(") == true
            try await query.rows(isChange ? #"[{"hunt":"H.TEST1"}]"# : paused)
            return .ok
        }) { server in
            let settling = Settling(sleep: { _ in throw CancellationError() })
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await ModifyHunt(client: server.client(), settling: settling)(Self.id, .start)
            }
            #expect(thrown?.code == .cancelled)
            #expect(thrown?.message.hasPrefix("The request to start the hunt H.TEST1 was sent") == true)
        }
    }

    @Test("flows that are in another order than before refuse the cursor, and a deleted client has no name")
    func flowsChanged() async throws {
        let hunt = Self.row("RUNNING")
        func flow(_ id: Int) -> String {
            #"{"client_id":"C.\#(id)","session_id":"F.TEST1.H","hostname":null,"state":"FINISHED","start_time":5}"#
        }
        let pages = Answers(["[\(flow(1)),\(flow(2))]", "[\(flow(3)),\(flow(2))]"])
        try await ScriptedServer.with({ query, _ in
            if query.arguments.query.last?.vql.contains("hunt_flows(") == true {
                try await query.log("client_info: Client ID C.1 not known in this org: NotFoundError")
                try await query.rows(pages.next())
            } else {
                try await query.rows(hunt)
            }
            return .ok
        }) { server in
            let list = ListHuntFlows(client: try server.client())
            let first = try await list(.init(huntID: Self.id, limit: 1))
            #expect(first.rows.map { $0["stage"] } == ["finished"])
            #expect(first.hasMore)
            let cursor = first.cursor?(1).token
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await list(.init(huntID: Self.id, limit: 1, cursor: cursor))
            }
            #expect(thrown?.code == .conflict)
            #expect(server.requests.last?.env.map(\.value) == [Self.id, "0"])
        }
    }

    @Test("an organisation without hunts has its own words")
    func none() async throws {
        try await ScriptedServer.with({ query, _ in
            try await query.rows("[]")
            return .ok
        }) { server in
            let page = try await ListHunts(client: server.client())(.init(state: "RUNNING", search: "a.b"))
            let told = try Told(page)
            #expect(told.text.hasPrefix("No RUNNING hunt in organisation root with `a.b` in the description."))
            #expect(server.requests[0].env.map(\.value) == ["RUNNING", #"a\.b"#])
            #expect(
                server.requests[0].query[0].vql.hasSuffix(
                    "FROM hunts() WHERE state = State AND hunt_description =~ Search ORDER BY create_time DESC LIMIT 51"
                )
            )
        }
    }
}
