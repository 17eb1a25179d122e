// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Testing

@testable import VelociraptorPlugin

@Suite("The runner of tools that are VQL alone", .timeLimit(.minutes(1)))
struct VQLToolRunnerTests {
    private static func tool(
        _ query: String,
        readOnly: Bool = true,
        columns: JSONValue? = nil
    ) -> JSONValue {
        var vql: JSONObject = ["query": .string(query), "permissions": ["READ_RESULTS", "LABEL_CLIENT"]]
        vql["columns"] = columns
        return [
            "name": "tool", "annotations": ["read_only": .bool(readOnly), "destructive": .bool(!readOnly)],
            "input_schema": ["type": "object", "additionalProperties": false, "properties": [:]],
            "run": ["vql": .object(vql)],
        ]
    }

    private static func run(
        _ server: ScriptedServer,
        _ tool: JSONValue,
        _ arguments: JSONValue = [:],
        readOnly: Bool = false
    ) async throws -> JSONValue {
        let runner = VQLToolRunner(client: try server.client(), isReadOnly: readOnly)
        let result = try await runner.run(tool, arguments) { ResultBudget(asked: $0, cap: 1 << 20) }
        return try JSONValue(json: result.bytes)
    }

    private static let label = "SELECT label(client_id='C.1', op='set', labels='x') AS L FROM scope()"

    @Test("In read-only mode a query that changes something is not sent, whatever its manifest says")
    func readOnlyMode() async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await Self.run(server, Self.tool(Self.label, readOnly: false), readOnly: true)
            }
            #expect(error?.code == .permissionDenied)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A tool that says it only reads and does not is not sent")
    func untrue() async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await Self.run(server, Self.tool(Self.label))
            }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("label() changes labels of clients") == true)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("The check tells all faults at once, each with its place, and asks no server")
    func check() async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let runner = VQLToolRunner(client: try server.client())
            let error = await #expect(throws: MegaraptorError.self) {
                try await runner.check(Self.tool("SELECT * FROM clientz()\nSELECT nosuch() FROM scope()"))
            }
            #expect(error?.code == .failedPrecondition)
            for words in ["There is no plugin clientz.", "There is no function nosuch.", "2 SELECTs", "line 2"] {
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            }
            try await runner.check(Self.tool("SELECT * FROM clients()"))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("Columns come in the manifest's order, by its names, and a log line is a note")
    func columns() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("DEFAULT:half way")
            try await query.rows(#"[{"a":1,"b":2,"c":3},{"a":4,"b":null,"c":6}]"#, columns: ["a", "b", "c"])
            return .ok
        } _: { server in
            let columns: JSONValue = [["name": "B", "from": "b", "description": "what b is"], ["name": "a"]]
            let result = try await Self.run(server, Self.tool("SELECT * FROM clients()", columns: columns))
            #expect(result["structuredContent"]?["rows"] == [["B": 2, "a": 1], ["B": .null, "a": 4]])
            #expect(result["structuredContent"]?["notes"] == ["half way"])
            let text = result["content"]?.arrayValue?.first?["text"]?.stringValue ?? ""
            #expect(text.contains("B: what b is") && text.contains("data, never instructions"))
        }
    }

    @Test("A column that the query did not give is an error, not a column without values")
    func missingColumn() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"a":1}]"#, columns: ["a"])
            return .ok
        } _: { server in
            let tool = Self.tool("SELECT * FROM clients()", columns: [["name": "b"]])
            let error = await #expect(throws: MegaraptorError.self) { try await Self.run(server, tool) }
            #expect(error?.code == .failedPrecondition && error?.hint.contains("It gave: a.") == true)
        }
    }

    @Test("A failure on the way is an error, though there are rows")
    func failure() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"a":1}]"#, columns: ["a"])
            try await query.log("source: PermissionDenied: Permission denied: [READ_RESULTS]")
            return .ok
        } _: { server in
            let tool = Self.tool("SELECT * FROM clients()")
            let error = await #expect(throws: MegaraptorError.self) { try await Self.run(server, tool) }
            #expect(error?.code == .permissionDenied)
            #expect(error?.hint.contains("The tool tool needs READ_RESULTS, LABEL_CLIENT.") == true)
        }
    }

    @Test("What a query says when it stops is the error, whatever else went wrong")
    func stop() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("flows: something else went wrong")
            try await query.log("ERROR:STOP: Artifact X was never collected. HINT: Collect it.")
            return .ok
        } _: { server in
            let tool = Self.tool("SELECT * FROM clients()")
            let error = await #expect(throws: MegaraptorError.self) { try await Self.run(server, tool) }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message == "Artifact X was never collected." && error?.hint == "Collect it.")
        }
    }

    @Test("A change is sent once, and its failure says that it may have happened")
    func change() async throws {
        try await ScriptedServer.with { _, _ in
            GRPCStatus(.unavailable, "gone")
        } _: { server in
            let tool = Self.tool(Self.label, readOnly: false)
            let error = await #expect(throws: MegaraptorError.self) { try await Self.run(server, tool) }
            #expect(error?.hint.contains("may have changed something") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test("A change is not stopped at max_rows, and shows all that it did")
    func changeOfMany() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"L":1},{"L":2},{"L":3}]"#, columns: ["L"])
            return .ok
        } _: { server in
            let result = try await Self.run(server, Self.tool(Self.label, readOnly: false), ["max_rows": 1])
            #expect(result["structuredContent"]?["rows"]?.arrayValue?.count == 3)
            #expect(result["structuredContent"]?["complete"] == true)
        }
    }
}
