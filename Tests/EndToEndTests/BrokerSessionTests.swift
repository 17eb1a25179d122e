// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Calls between plugins and secrets that plugins keep, over real stdio")
struct BrokerSessionTests {
    private static let asker = "org.megaraptor.fixture.swift"

    private let home: SecretHome

    init() throws { home = try SecretHome() }

    private func session(_ arguments: [String] = []) async throws -> Session {
        let session = try Session(
            ["--plugin-dir", Products.fixtureManifests] + arguments,
            environment: home.environment
        )
        _ = try await session.initialize()
        return session
    }

    private func ask(_ operation: String, on session: Session) async throws -> JSONValue {
        try await session.call(
            "ask_provider",
            ["provider": "swift", "operation": .string(operation), "arguments": ["name": "Ada"]]
        )
    }

    private func end(_ session: Session) async {
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }

    private var log: String { "\(home.path)/state/megaraptor-mcp/audit/audit.jsonl" }

    /// The records of calls between plugins.
    private func records() throws -> [JSONValue] {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { try JSONValue(json: String($0)) }
            .filter { $0["method"]?.stringValue?.hasPrefix("provider/") == true }
    }

    @Test("Who asked whom for what is recorded, with how it ended")
    func recorded() async throws {
        let session = try await session()
        #expect(try await ask("greet", on: session)["structuredContent"]?["text"] == "Hello, Ada!")
        #expect(try await ask("fail", on: session)["isError"] == true)
        #expect(try await ask("forget", on: session)["structuredContent"] == ["forgotten": true])
        await end(session)
        let records = try records()
        #expect(records.map { $0["kind"] } == ["intent", "result", "intent", "result", "intent", "result"])
        #expect(records.compactMap { $0["outcome"]?.stringValue } == ["ok", "conflict", "ok"])
        let intents = records.filter { $0["kind"] == "intent" }
        #expect(intents.map { $0["method"] } == ["provider/greet", "provider/fail", "provider/forget"])
        #expect(intents.map { $0["changes"] } == [false, false, true])
        let first = try #require(intents.first)
        #expect(first["name"] == "fixture.greeter/1 swift" && first["arguments"] == ["name": "Ada"])
        #expect(first["plugin"] == .string(Self.asker) && first["client"] == .string(Self.asker))
        #expect(first["rule"] == .string("permissions of \(Self.asker)") && first["consent"] == "not needed")
    }

    @Test("In read-only mode what changes something is refused and not begun")
    func readOnly() async throws {
        let session = try await session(["--read-only"])
        #expect(try await ask("greet", on: session)["structuredContent"]?["is_read_only"] == true)
        let refused = try await ask("forget", on: session)
        #expect(refused["isError"] == true && refused.text.contains("permission_denied"), "\(refused.text)")
        await end(session)
        #expect(try records().compactMap { $0["method"]?.stringValue } == ["provider/greet", "provider/greet"])
    }

    @Test("A tool's schema tells a model which providers there are")
    func names() async throws {
        let session = try await session()
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        let tool = try #require(tools.first { $0["name"] == "ask_provider" })
        #expect(tool["inputSchema"]?["properties"]?["provider"] == ["type": "string", "enum": ["swift"]])
        let unknown = try await session.call("ask_provider", ["provider": "third", "operation": "greet"])
        #expect(unknown["isError"] == true && unknown.text.contains("swift"), "\(unknown.text)")
        await end(session)
    }

    @Test("What a plugin keeps lies in the store, is used from there, and is told by nobody")
    func secrets() async throws {
        let session = try await session()
        let value = "correct horse battery staple"
        func keep(_ what: String) async throws -> JSONValue {
            try await session.call(
                "keep",
                ["what": .string(what), "name": "fixture.kept.key", "value": .string(value)]
            )
        }
        #expect(try await keep("put").text == "kept [secret fixture.kept.key]")
        let listed = try await home.run(["list"])
        #expect(listed.status == 0 && listed.output.contains("fixture.kept.key"), "\(listed)")
        let conflict = try await keep("put")
        #expect(conflict["isError"] == true && conflict.text.contains("conflict"))
        #expect(try await keep("use").text == "it has \(value.utf8.count) bytes")
        #expect(try await keep("list")["structuredContent"]?["secrets"]?.arrayValue?.count == 1)
        #expect(try await keep("delete").text == "removed")
        await end(session)
        #expect(!(try await home.run(["list"]).output.contains("fixture.kept.key")))
        // The first call's record was written before anybody knew what a secret is: its name says so to the record.
        let record = try String(contentsOfFile: log, encoding: .utf8)
        let results = record.split(separator: "\n").filter { $0.contains("\"kind\":\"result\"") }
        #expect(!results.isEmpty && results.allSatisfy { !$0.contains(value) })
        #expect(!session.process.standardError.contains(value))
    }
}
