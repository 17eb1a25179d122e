// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("run_vql", .timeLimit(.minutes(1)))
struct RunVQLTests {
    @Test("rows, columns and remarks arrive per statement")
    func statements() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("Starting query execution.")
            try await query.rows("[{\"a\":1},{\"a\":2}]", columns: ["a"])
            try await query.log("DEFAULT:half way")
            try await query.rows("[{\"b\":[3]}]", columns: ["b"], statement: 1)
            return .ok
        } _: { server in
            let result = try await Self.run(
                server,
                RunVQL.Request(query: "SELECT 1 FROM scope() SELECT 2 FROM scope()")
            )
            let structure = try #require(result["structuredContent"])
            let statements = try #require(structure["statements"]?.arrayValue)
            #expect(statements.map { $0["statement"] } == [0, 1])
            #expect(statements.map { $0["columns"] } == [["a"], ["b"]])
            #expect(statements.map { $0["row_count"] } == [2, 1])
            #expect(statements.map { $0["rows"] } == [[["a": 1], ["a": 2]], [["b": [3]]]])
            #expect(structure["log"] == ["DEFAULT:half way"])
            #expect(structure["complete"] == true)
            #expect(result["isError"] == nil)
            #expect(Self.text(result).contains("statement 1:\nb\n[3]"))
            #expect(server.requests[0].maxRow == 1000)
            #expect(server.requests[0].timeout == 60)
        }
    }

    @Test("at the row cap the query is cancelled on the server, and the result says so")
    func cap() async throws {
        let ended = Mutex(false)
        try await ScriptedServer.with { query, _ in
            while !Task.isCancelled {
                do {
                    try await query.rows("[{\"a\":1},{\"a\":2}]", columns: ["a"])
                } catch {
                    break
                }
            }
            ended.withLock { $0 = true }
            return .ok
        } _: { server in
            let result = try await Self.run(server, RunVQL.Request(query: "SELECT * FROM clock()", rowLimit: 5))
            #expect(result["structuredContent"]?["row_count"] == 5)
            #expect(result["structuredContent"]?["truncated"] == true)
            #expect(result["structuredContent"]?["complete"] == false)
            #expect(Self.text(result).contains("max_rows=5"))
            await server.server.stop(.graceful)
            #expect(ended.withLock { $0 })
        }
    }

    @Test("exactly as many rows as the cap allows are not called cut")
    func exactlyTheCap() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[{\"a\":1},{\"a\":2}]", columns: ["a"])
            return .ok
        } _: { server in
            let result = try await Self.run(server, RunVQL.Request(query: "SELECT 1 FROM scope()", rowLimit: 2))
            #expect(result["structuredContent"]?["truncated"] == false)
        }
    }

    @Test("a failure after some rows is an error that shows both")
    func partial() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[{\"l\":null}]", columns: ["l"])
            try await query.log("label: PermissionDenied: Permission denied: [LABEL_CLIENT]")
            return .ok
        } _: { server in
            let result = try await Self.run(
                server,
                RunVQL.Request(query: "SELECT label() AS l FROM scope()", changes: true)
            )
            #expect(result["isError"] == true)
            #expect(result["structuredContent"]?["errors"]?.arrayValue?.first?["code"] == "permission_denied")
            #expect(result["structuredContent"]?["complete"] == false)
            #expect(Self.text(result).hasPrefix("ERROR permission_denied: "))
            #expect(Self.text(result).contains("Null in every row, left out: l."))
        }
    }

    @Test("zero rows without a failure say what ran; zero rows with one are an error")
    func zeroRows() async throws {
        try await ScriptedServer.with { query, number in
            if number == 1 { try await query.log("clients: Invalid search operator os") }
            try await query.rows("[]")
            return .ok
        } _: { server in
            let result = try await Self.run(server, RunVQL.Request(query: "SELECT * FROM clients()"))
            #expect(Self.text(result).hasPrefix("No rows. "))
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await Self.run(server, RunVQL.Request(query: "SELECT * FROM clients(search='os:x')"))
            }
            #expect(thrown?.code == .invalidArgument)
        }
    }

    @Test("values, organisation and time limit reach the server beside the query, never within it")
    func request() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            _ = try await Self.run(
                server,
                RunVQL.Request(
                    query: "SELECT Name, N FROM scope()",
                    environment: ["Name": "x') SELECT 1 //", "N": 5],
                    timeout: .milliseconds(90_500),
                    organization: "O123"
                )
            )
            let arguments = server.requests[0]
            #expect(arguments.query.count == 2)
            #expect(arguments.query[1].vql == "SELECT Name, N FROM scope() LIMIT 1001 ")
            #expect(arguments.env.map(\.key) == ["Name", "MegaraptorTypedEnvironment"])
            #expect(arguments.env[0].value == "x') SELECT 1 //")
            #expect(arguments.orgID == "O123")
            #expect(arguments.timeout == 91)
        }
    }

    @Test("a result shows whole rows within its budget, and its cursor brings the rest")
    func budget() async throws {
        let rows = (0..<100).map { "{\"n\":\($0),\"pad\":\"\(String(repeating: "x", count: 400))\"}" }
        try await ScriptedServer.with { query, _ in
            try await query.rows("[\(rows.joined(separator: ","))]", columns: ["n", "pad"])
            return .ok
        } _: { server in
            var request = RunVQL.Request(query: "SELECT n, pad FROM source(artifact='A')")
            var seen: [JSONValue] = []
            var pages = 0
            repeat {
                let result = try await Self.run(server, request)
                let structure = try #require(result["structuredContent"])
                #expect(Self.text(result).utf8.count <= ResultBudget.standard)
                let page = structure["statements"]?.arrayValue?.first?["rows"]?.arrayValue ?? []
                #expect(structure["statements"]?.arrayValue?.first?["first_row"] == JSONValue(seen.count))
                seen += page
                request.cursor = structure["next_cursor"]?.stringValue
                #expect(Self.text(result).contains("NOT ALL ROWS") == (request.cursor != nil))
                pages += 1
            } while request.cursor != nil && pages < 20
            #expect(pages > 1)
            #expect(seen.map { $0["n"] } == (0..<100).map { JSONValue($0) })
        }
    }

    @Test("a cursor is refused where the rows before it are others now")
    func changedRows() async throws {
        let pad = String(repeating: "x", count: 2000)
        try await ScriptedServer.with { query, number in
            let rows = (0..<50).map { "{\"n\":\($0 + number),\"pad\":\"\(pad)\"}" }
            try await query.rows("[\(rows.joined(separator: ","))]", columns: ["n", "pad"])
            return .ok
        } _: { server in
            var request = RunVQL.Request(query: "SELECT n, pad FROM source(artifact='A')")
            request.budget = ResultBudget(asked: 8192, cap: 8192)
            let first = try await Self.run(server, request)
            request.cursor = try #require(first["structuredContent"]?["next_cursor"]?.stringValue)
            let thrown = await #expect(throws: MegaraptorError.self) { try await Self.run(server, request) }
            #expect(thrown?.code == .conflict)
        }
    }

    @Test("a LIMIT is added to one plain query and to nothing else")
    func limit() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            for (query, sent) in [
                ("SELECT * FROM clients() -- all", "SELECT * FROM clients() LIMIT 1001  -- all"),
                ("SELECT * FROM clients() LIMIT 3", "SELECT * FROM clients() LIMIT 3"),
                ("SELECT 1 FROM scope() SELECT 2 FROM scope()", "SELECT 1 FROM scope() SELECT 2 FROM scope()"),
            ] {
                _ = try await Self.run(server, RunVQL.Request(query: query))
                #expect(server.requests.last?.query.last?.vql == sent)
            }
        }
    }

    @Test("cancelling the task cancels the query on the server")
    func cancel() async throws {
        let (started, begin) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { query, _ in
            begin.finish()
            while !Task.isCancelled { try await query.log("DEBUG:waiting") }
            return .ok
        } _: { server in
            let call = Task { try await Self.run(server, RunVQL.Request(query: "SELECT * FROM clock()")) }
            for await _ in started {}
            call.cancel()
            let thrown = await #expect(throws: MegaraptorError.self) { try await call.value }
            #expect(thrown?.code == .cancelled)
            // Returns when the handler has seen the end of its call.
            await server.server.stop(.graceful)
        }
    }

    private static func run(_ server: ScriptedServer, _ request: RunVQL.Request) async throws -> JSONValue {
        let bytes = try await RunVQL(client: server.client())(request)
        #expect(!bytes.contains(0x0A))
        return try JSONValue(json: bytes)
    }

    private static func text(_ result: JSONValue) -> String {
        result["content"]?.arrayValue?.first?["text"]?.stringValue ?? ""
    }
}
