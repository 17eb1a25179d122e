// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Starting a collection", .timeLimit(.minutes(1)))
struct CollectArtifactTests {
    private static let users = CollectionServer.artifact("Linux.Sys.Users", parameters: ["PasswordFile", "Deep"])
    private static let pslist = CollectionServer.artifact(
        "Windows.System.Pslist",
        precondition: "SELECT OS FROM info() WHERE OS = 'windows'"
    )

    private static func request(_ artifacts: [String] = ["Linux.Sys.Users"]) -> CollectionRequest {
        CollectionRequest(clientID: CollectionServer.clientID, artifacts: artifacts)
    }

    /// Runs a request that must fail, and gives the error and the queries that arrived.
    private static func failure(
        _ answers: CollectionServer,
        _ request: CollectionRequest
    ) async throws -> (error: MegaraptorError, sent: [String]) {
        try await ScriptedServer.with(answers.answer) { server in
            let collect = CollectArtifact(client: try server.client())
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await collect(request) }
            return (try #require(thrown), server.requests.map { $0.query[0].vql })
        }
    }

    @Test("values travel beside the query, limits only where they are asked for")
    func query() async throws {
        try await ScriptedServer.with(CollectionServer(artifacts: [Self.users]).answer) { server in
            let collect = CollectArtifact(client: try server.client())
            var request = Self.request(["Linux.Sys.Users", "Linux.Sys.Users"])
            request.parameters = ["Linux.Sys.Users": ["PasswordFile": "/x'y", "Deep": true]]
            _ = try await collect(request)
            let plain = server.requests[2]
            #expect(
                plain.query[0].vql == """
                    SELECT collect_client(client_id=ClientId, artifacts=parse_json_array(data=ArtifactNames), \
                    spec=parse_json(data=Spec), timeout=int(int=Timeout)) AS collection FROM scope()
                    """
            )
            #expect(
                plain.env.map(\.value) == [
                    CollectionServer.clientID, #"["Linux.Sys.Users"]"#,
                    #"{"Linux.Sys.Users":{"PasswordFile":"/x'y","Deep":"Y"}}"#, "600",
                ]
            )
            request.seconds = 60
            request.isUrgent = true
            request.cpuLimit = 20
            request.maxRows = 1000
            request.maxBytes = 5_000_000
            request.organization = "O1"
            _ = try await collect(request)
            let limited = server.requests[6]
            #expect(
                limited.query[0].vql.contains(
                    """
                    timeout=int(int=Timeout), cpu_limit=int(int=CpuLimit), max_rows=int(int=MaxRows), \
                    max_bytes=int(int=MaxBytes), urgent=TRUE)
                    """
                )
            )
            #expect(limited.env.map(\.value).suffix(4) == ["60", "20", "1000", "5000000"])
            #expect(limited.orgID == "O1")
        }
    }

    @Test("the result has the flow, what arrived, and that the client is probably there")
    func started() async throws {
        try await ScriptedServer.with(CollectionServer(artifacts: [Self.users]).answer) { server in
            var request = Self.request()
            request.parameters = ["Linux.Sys.Users": ["PasswordFile": "/x"]]
            let told = try Told(try await CollectArtifact(client: server.client())(request).toolResult)
            #expect(told.structure["status"] == "collection_started")
            #expect(told.structure["flow_id"] == .string(CollectionServer.flowID))
            #expect(told.structure["parameters"] == ["Linux.Sys.Users": ["PasswordFile": "/x"]])
            #expect(told.structure["flow"]?["stage"] == "queued")
            #expect(told.structure["flow"]?["client"]?["online_estimate"] == true)
            #expect(told.text.contains("probably online"))
            #expect(told.text.contains("wait_for_flow"))
        }
    }

    @Test("an offline client is no error: the work is queued, and it is said when the client was last seen")
    func offline() async throws {
        let answers = CollectionServer(silence: 7200_000_000, artifacts: [Self.users])
        try await ScriptedServer.with(answers.answer) { server in
            let told = try Told(try await CollectArtifact(client: server.client())(Self.request()).toolResult)
            #expect(!told.isError)
            #expect(told.text.contains("Queued on the server"))
            #expect(told.text.contains("Last seen 2026-11-23T10:00:00.000Z, 2 h ago: probably offline."))
        }
    }

    @Test("an artifact that the server does not know is named with the nearest one, and nothing is sent")
    func unknownArtifact() async throws {
        let (error, sent) = try await Self.failure(
            CollectionServer(artifacts: [Self.users]),
            Self.request(["Linux.Sys.User"])
        )
        #expect(error.code == .notFound)
        #expect(error.hint.contains("Did you mean Linux.Sys.Users?"))
        #expect(!sent.contains { $0.contains("collect_client") })
    }

    @Test("a client that the server does not know is refused, though collect_client() might take it")
    func unknownClient() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"info":{"client_id":""},"metadata":{}}]"#)
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CollectArtifact(client: server.client())(Self.request())
            }
            #expect(thrown?.code == .notFound)
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "an artifact of another type is refused with a sentence",
        arguments: [
            ("server", "runs on the server, not on a client"), ("client_event", "watches events"),
            ("server_event", "watches events"), ("notebook", "belongs into notebooks"),
            ("internal", "for the server's own use"),
        ]
    )
    func wrongType(type: String, sentence: String) async throws {
        let answers = CollectionServer(artifacts: [CollectionServer.artifact("Some.Artifact", type: type)])
        let (error, sent) = try await Self.failure(answers, Self.request(["Some.Artifact"]))
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains(sentence))
        #expect(!sent.contains { $0.contains("collect_client") })
    }

    @Test("the server collects server artifacts, and no others")
    func server() async throws {
        let answers = CollectionServer(artifacts: [
            Self.users, CollectionServer.artifact("Server.Users", type: "server"),
        ])
        var request = Self.request()
        request.clientID = "server"
        let (error, _) = try await Self.failure(answers, request)
        #expect(error.message.contains("runs on clients"))
        request.artifacts = ["Server.Users"]
        try await ScriptedServer.with(answers.answer) { [request] server in
            _ = try await CollectArtifact(client: server.client())(request)
            #expect(!server.requests.contains { $0.query[0].vql.contains("client_info") })
        }
    }

    @Test("a parameter that the artifact does not declare is refused before anything is sent")
    func undeclared() async throws {
        var request = Self.request()
        request.parameters = ["Linux.Sys.Users": ["PaswordFile": "/x"]]
        let (error, sent) = try await Self.failure(CollectionServer(artifacts: [Self.users]), request)
        #expect(error.code == .invalidArgument)
        #expect(error.hint.contains("Did you mean PasswordFile?"))
        #expect(!sent.contains { $0.contains("collect_client") })
    }

    @Test("a precondition that cannot hold is an error if it concerns all artifacts, else a note")
    func precondition() async throws {
        let answers = CollectionServer(artifacts: [Self.users, Self.pslist])
        let (error, sent) = try await Self.failure(answers, Self.request(["Windows.System.Pslist"]))
        #expect(error.code == .failedPrecondition)
        #expect(error.message.contains("asks for windows, and this client runs linux"))
        #expect(!sent.contains { $0.contains("collect_client") })
        try await ScriptedServer.with(answers.answer) { server in
            let told = try Told(
                try await CollectArtifact(client: server.client())(
                    Self.request(["Linux.Sys.Users", "Windows.System.Pslist"])
                ).toolResult
            )
            #expect(told.text.contains("Windows.System.Pslist gives no rows here"))
            #expect(told.structure["notes"]?.arrayValue?.count == 1)
        }
    }

    @Test("a parameter that did not arrive is an error that has the flow's id")
    func lostParameter() async throws {
        var answers = CollectionServer(artifacts: [Self.users])
        answers.collection = [
            "flow_id": .string(CollectionServer.flowID),
            "request": [
                "artifacts": ["Linux.Sys.Users"],
                "specs": [["artifact": "Linux.Sys.Users", "parameters": ["env": []]]],
            ],
        ]
        var request = Self.request()
        request.parameters = ["Linux.Sys.Users": ["PasswordFile": "/x"]]
        let (error, _) = try await Self.failure(answers, request)
        #expect(error.message.contains("was started without"))
        #expect(error.message.contains("PasswordFile of Linux.Sys.Users"))
        #expect(error.details["flow_id"] == .string(CollectionServer.flowID))
        #expect(!error.retryable)
    }

    @Test("a parameter that the server writes in another form is shown as it is kept")
    func changedParameter() async throws {
        var answers = CollectionServer(artifacts: [Self.users])
        answers.collection = [
            "flow_id": .string(CollectionServer.flowID),
            "request": [
                "artifacts": ["Linux.Sys.Users"],
                "specs": [
                    [
                        "artifact": "Linux.Sys.Users",
                        "parameters": ["env": [["key": "Deep", "value": "1970-01-01 00:00:05 +0000 UTC"]]],
                    ]
                ],
            ],
        ]
        var request = Self.request()
        request.parameters = ["Linux.Sys.Users": ["Deep": 5]]
        try await ScriptedServer.with(answers.answer) { [request] server in
            let told = try Told(try await CollectArtifact(client: server.client())(request).toolResult)
            #expect(told.structure["parameters"]?["Linux.Sys.Users"]?["Deep"] == "1970-01-01 00:00:05 +0000 UTC")
            #expect(told.text.contains("keeps Deep of Linux.Sys.Users in its own form"))
        }
    }

    @Test("a missing right names permission and role")
    func denied() async throws {
        var answers = CollectionServer(artifacts: [Self.users])
        answers.collection = .null
        answers.collectionLog =
            "collect_client: PermissionDenied: User readapi is not allowed to launch flows COLLECT_CLIENT."
        let (error, _) = try await Self.failure(answers, Self.request())
        #expect(error.code == .permissionDenied)
        #expect(error.hint.contains("COLLECT_CLIENT"))
        #expect(error.hint.contains("`investigator`"))
    }

    @Test("a server that starts nothing and gives no reason is an error")
    func nothing() async throws {
        var answers = CollectionServer(artifacts: [Self.users])
        answers.collection = .null
        let (error, _) = try await Self.failure(answers, Self.request())
        #expect(error.code == .internal)
    }

    @Test("the connection's end is no reason to send it twice")
    func neverTwice() async throws {
        let answers = CollectionServer(artifacts: [Self.users])
        try await ScriptedServer.with { query, number in
            if query.arguments.query[0].vql.contains("collect_client") { return GRPCStatus(.unavailable, "gone") }
            return try await answers.answer(query, number)
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                _ = try await CollectArtifact(client: server.client())(Self.request())
            }
            #expect(thrown?.code == .unavailable)
            #expect(thrown?.retryable == false)
            #expect(server.requests.count { $0.query[0].vql.contains("collect_client") } == 1)
        }
    }

    @Test("a wait ends with the flow, and tells its sources")
    func wait() async throws {
        var answers = CollectionServer(artifacts: [Self.users])
        let statistic = FlowWatchTests.statistic("OK", ["Linux.Sys.Users"], rows: 25)
        answers.flows = Answers([
            FlowWatchTests.row("RUNNING", start: 0), FlowWatchTests.row("IN_PROGRESS"),
            FlowWatchTests.row("FINISHED", rows: 25, sources: ["Linux.Sys.Users"], statistics: [statistic]),
        ])
        try await ScriptedServer.with(answers.answer) { server in
            var collect = CollectArtifact(client: try server.client())
            collect.sleep = { _ in }
            var words: [String] = []
            let told = try Told(
                try await collect(Self.request(), wait: .seconds(60)) { state, _ in words.append(state.progress) }
                    .toolResult
            )
            #expect(words == ["queued, 0 rows", "running, 0 rows", "finished, 25 rows, 1 of 1 queries done"])
            #expect(told.structure["flow"]?["timed_out"] == false)
            #expect(
                told.structure["flow"]?["artifacts_with_results"] == [["source": "Linux.Sys.Users", "rows": 25]]
            )
        }
    }

    @Test("a flow whose state cannot be read keeps its id")
    func unreadState() async throws {
        let answers = CollectionServer(artifacts: [Self.users])
        try await ScriptedServer.with { query, number in
            if query.arguments.query[0].vql.contains("FROM flows(") { return GRPCStatus(.permissionDenied, "no") }
            return try await answers.answer(query, number)
        } _: { server in
            let told = try Told(try await CollectArtifact(client: server.client())(Self.request()).toolResult)
            #expect(told.structure["flow_id"] == .string(CollectionServer.flowID))
            #expect(told.structure["flow"] == .null)
            #expect(told.text.contains("Do not start it again"))
        }
    }
}
