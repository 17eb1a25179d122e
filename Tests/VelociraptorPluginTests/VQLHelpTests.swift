// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing
import VQL
import VQLChecks
import VelociraptorAPI
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("VQL help", .timeLimit(.minutes(1)))
struct VQLHelpTests {
    private static let rows = """
        [{"name":"glob","type":"Plugin","description":"Finds files by pattern.\\nMore.","args":[{"name":"globs",\
        "type":"string","required":true,"repeated":true,"description":"Patterns."}],\
        "metadata":{"permissions":"FILESYSTEM_READ"}},\
        {"name":"now","type":"Function","description":"The time.","args":[],"metadata":null}]
        """

    @Test("a symbol is told as the server describes it, with permissions and roles; the server is asked once")
    func symbol() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(Self.rows, columns: ["name"])
            return .ok
        } _: { server in
            let help = VQLHelp(catalog: HelpCatalog(client: try server.client()))
            let told = try Told(try await help(.init(name: "glob()")))
            let entry = try #require(told.rows("entries").first)
            #expect(entry["permissions"] == [["permission": "FILESYSTEM_READ", "role": "administrator"]])
            #expect(entry["arguments"]?.arrayValue?.first?["required"] == true)
            #expect(told.structure["source"] == "server")
            let found = try await help(.init(search: "files"))
            #expect(found.rows.map { $0["name"] } == ["glob"])
            let unknown = await #expect(throws: MegaraptorError.self) { try await help(.init(name: "globb")) }
            #expect(unknown?.code == .notFound)
            #expect(unknown?.hint == "Did you mean glob?")
            #expect(server.requests.map { $0.query[0].vql } == ["SELECT * FROM help()"])
        }
    }

    @Test("where the server does not answer, the recorded table does, and says so")
    func fallback() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("ERROR:Plugin help not found. ")
            try await query.rows("[]")
            return .ok
        } _: { server in
            let help = VQLHelp(catalog: HelpCatalog(client: try server.client()))
            let told = try Told(try await help(.init(name: "collect_client")))
            #expect(told.structure["source"] == "table")
            #expect(told.text.contains("As recorded from Velociraptor 0.77.2"))
            #expect(told.rows("entries").first?["kind"] == "function")
        }
    }

    @Test("keywords are explained whatever their case", arguments: ["or", "Group By", "LIMIT"])
    func keywords(name: String) async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let page = try await VQLHelp(catalog: HelpCatalog(client: server.client()))(.init(name: name))
            #expect(page.rows.first?["name"] == .string(name.uppercased()))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("topics that need no server have entries", arguments: [nil, "syntax", "EXAMPLES"] as [String?])
    func topics(topic: String?) async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let help = VQLHelp(catalog: HelpCatalog(client: try server.client()))
            #expect(try await help(.init(topic: topic)).rows.count >= 4)
            let thrown = await #expect(throws: MegaraptorError.self) { try await help(.init(topic: "jokes")) }
            #expect(thrown?.code == .invalidArgument)
        }
    }

    @Test("every example is free of findings but for names in conditions", arguments: VQLExamples.all)
    func examplesAreValid(example: VQLExamples.Example) {
        let check = VQLCheck(example.query)
        #expect(check.findings.allSatisfy { $0.message.hasPrefix("WHERE and GROUP BY use") }, "\(check.findings)")
    }
}

@Suite("VQL help in the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct VQLHelpLabTests {
    @Test("every example runs and gives rows", arguments: VQLExamples.all)
    func examples(example: VQLExamples.Example) async throws {
        let client = try #require(InLaboratory.lab).client()
        let result = try await client.run(VQLQuery(example.query, effect: .reads))
        #expect(result.failures.isEmpty, "\(result.failures)")
        #expect(result.rowCount > 0)
    }

    @Test("plugins and functions are listed in pages that fit together")
    func lists() async throws {
        let help = VQLHelp(catalog: HelpCatalog(client: try #require(InLaboratory.lab).client()))
        var names: [JSONValue] = []
        var cursor: String?
        repeat {
            let told = try Told(try await help(.init(topic: "plugins", limit: 60, cursor: cursor)))
            names += told.rows("entries").compactMap { $0["name"] }
            cursor = told.structure["next_cursor"]?.stringValue
        } while cursor != nil
        #expect(names.contains("clients") && names.contains("foreach"))
        #expect(Set(names).count == names.count)
        #expect(names.count > 100)
    }
}
