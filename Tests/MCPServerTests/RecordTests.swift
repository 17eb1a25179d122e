// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import Testing

@Suite("What is reported of calls")
struct RecordTests {
    private static let asking: JSONValue = ["elicitation": [:]]

    private let recorder = FakeRecorder()

    private func client(
        capabilities: JSONValue = [:],
        _ configure: @escaping (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> TestClient {
        var catalog = Fixtures.catalog
        catalog.rules["echo"] = "because"
        return try await TestClient.handshake(capabilities: capabilities, catalog) { [recorder] configuration in
            configuration.recorder = recorder
            configure(&configuration)
        }
    }

    @Test("A call is reported with what is known of it, and then with its end")
    func whole() async throws {
        let client = try await client()
        _ = try await client.call("echo", ["text": "x"])
        let entry = try #require(recorder.entries.first)
        #expect(recorder.entries.count == 1 && entry.wasBegun)
        #expect(entry.call.method == "tools/call" && entry.call.target == "echo" && entry.call.rule == "because")
        #expect(entry.call.plugin == "org.example.fake" && entry.call.arguments == ["text": "x", "times": 1])
        #expect(!entry.call.changes && entry.call.consent == .notNeeded)
        #expect(entry.call.version == "2025-11-25" && entry.call.client == "test 1")
        #expect(entry.outcome?.name == "ok")
    }

    @Test("A stateless client's name is known if it says it")
    func statelessName() async throws {
        let client = try await client()
        let info: JSONObject = ["io.modelcontextprotocol/clientInfo": ["name": "modern", "version": "2"]]
        _ = try await client.result("tools/call", modern(["name": "custom"], meta: info))
        #expect(recorder.entries.first?.call.client == "modern 2")
        #expect(recorder.entries.first?.call.version == "2026-07-28")
    }

    @Test("Outcomes are told apart")
    func outcomes() async throws {
        let client = try await client()
        client.plugins.on("custom", answer: ["content": [], "isError": true])
        client.plugins.on("count") { _, _ throws(MegaraptorError) in throw MegaraptorError(.deadlineExceeded, "late") }
        client.plugins.on("label", answer: ["content": [], "structuredContent": ["flow_id": "F.1"]])
        client.plugins.on("echo") { _, _ throws(MegaraptorError) in Array("no json".utf8) }
        for name in ["custom", "count", "label"] { _ = try await client.call(name) }
        _ = try await client.call("echo", ["text": "x"])
        #expect(recorder.entries.map(\.outcome?.name) == ["tool_error", "deadline_exceeded", "ok", "internal"])
        let content = recorder.entries[2].outcome?.structuredContent.map { String(decoding: $0, as: UTF8.self) }
        #expect(content == #"{"flow_id":"F.1"}"#)
        #expect(recorder.entries[2].call.changes && recorder.entries[2].call.consent == .notAsked)
    }

    @Test("A cancelled call is reported as ended too")
    func cancelled() async throws {
        let client = try await client()
        let (entries, entered) = AsyncStream<Void>.makeStream()
        client.plugins.on("custom") { _, _ throws(MegaraptorError) in
            entered.yield()
            _ = await Gate().wait()
            throw MegaraptorError(.cancelled, "The call was cancelled.")
        }
        client.post("tools/call", ["name": "custom"], id: 7)
        for await _ in entries.prefix(1) {}
        client.notify("notifications/cancelled", ["requestId": 7])
        await recorder.waitForEnd()
        #expect(recorder.entries.map(\.outcome?.name) == ["cancelled"])
    }

    @Test("Calls of unknown tools, and with arguments that do not fit, are not reported")
    func nothing() async throws {
        let client = try await client()
        #expect(try await client.errorCode("tools/call", ["name": "unknown"]) == -32602)
        _ = try await client.call("echo", ["txet": "x"])
        #expect(recorder.entries.isEmpty)
    }

    @Test("Reading a resource and a coded prompt are reported; a text prompt and proposals are not")
    func others() async throws {
        let client = try await client()
        _ = try await client.result("resources/read", ["uri": "test://info"])
        _ = try await client.result("prompts/get", ["name": "coded"])
        _ = try await client.result("prompts/get", ["name": "greet", "arguments": ["who": "you"]])
        _ = try await client.result(
            "completion/complete",
            ["ref": ["type": "ref/resource", "uri": "test://items/{id}"], "argument": ["name": "id", "value": ""]]
        )
        #expect(recorder.entries.map(\.call.method) == ["resources/read", "prompts/get"])
        #expect(recorder.entries.map(\.call.target) == ["test://info", "coded"])
        #expect(recorder.entries.allSatisfy { $0.outcome?.name == "ok" && !$0.call.changes })
    }

    @Test("A call that must not run unrecorded does not reach its plugin, and the client learns why")
    func refused() async throws {
        let plugins = Fixtures.plugins()
        let recorder = FakeRecorder(refusal: MegaraptorError(.failedPrecondition, "No record.", hint: "Make room."))
        let client = try await TestClient.handshake(plugins: plugins) { $0.recorder = recorder }
        let result = try await client.call("label")
        #expect(result["isError"] == true)
        #expect(text(of: result).contains("No record.") && text(of: result).contains("Make room."))
        #expect(plugins.calls.isEmpty)
    }

    // MARK: - Consent

    private func answerQuestion(_ client: TestClient, _ action: JSONValue) async throws -> JSONValue {
        client.post("tools/call", ["name": "delete"], id: 1)
        let question = try await client.next()
        client.send(["jsonrpc": "2.0", "id": question["id"] ?? 0, "result": action])
        return try await client.next()
    }

    @Test("A person's consent and refusal in a session are reported")
    func session() async throws {
        let client = try await client(capabilities: Self.asking)
        _ = try await answerQuestion(client, ["action": "accept", "content": ["confirm": true]])
        _ = try await answerQuestion(client, ["action": "decline"])
        #expect(recorder.entries.map(\.call.consent) == [.accepted, .declined])
        #expect(recorder.entries.map(\.outcome?.name) == ["ok", "declined"])
        #expect(recorder.entries.map(\.wasBegun) == [true, false])
    }

    @Test("Asking alone is no call; a stateless client's consent is reported when it comes back")
    func stateless() async throws {
        let client = try await client()
        let params: JSONObject = ["name": "delete", "arguments": [:]]
        let question = try await client.result("tools/call", modern(params, capabilities: Self.asking))
        #expect(recorder.entries.isEmpty)
        var answered = params
        answered["requestState"] = question["requestState"]
        answered["inputResponses"] = ["confirm": ["action": "accept", "content": ["confirm": true]]]
        _ = try await client.result("tools/call", modern(answered, capabilities: Self.asking))
        #expect(recorder.entries.map(\.call.consent) == [.accepted])
    }

    @Test("Consent by token is reported as such, and the token is no argument")
    func token() async throws {
        let client = try await client()
        let shown = text(of: try await client.call("delete"))
        let token = try #require(shown.split(separator: "\"").first { $0.count > 40 && $0.allSatisfy(\.isHexDigit) })
        _ = try await client.call("delete", ["confirm": .string(String(token))])
        #expect(recorder.entries.map(\.call.consent) == [.token])
        #expect(recorder.entries.first?.call.arguments == [:])
    }

    @Test("Where the policy asks nobody, that is what is reported")
    func never() async throws {
        let client = try await client { $0.confirmation = .never }
        _ = try await client.call("delete")
        #expect(recorder.entries.map(\.call.consent) == [.notAsked])
    }

    // MARK: - Without a token

    @Test("CLIENTF-01: where tokens are forbidden, a client that cannot ask is refused, and that is reported")
    func tokenForbidden() async throws {
        let handshake = try await client { $0.confirmsByToken = false }
        let result = try await handshake.call("delete")
        #expect(result["isError"] == true && text(of: result).hasPrefix("failed_precondition"))
        #expect(text(of: result).contains("confirm_by_token"))
        let stateless = try await handshake.result("tools/call", modern(["name": "delete"]))
        #expect(text(of: stateless).hasPrefix("failed_precondition"))
        #expect(handshake.plugins.calls.isEmpty)
        #expect(recorder.entries.map(\.call.consent) == [.impossible, .impossible])
        #expect(recorder.entries.allSatisfy { $0.outcome?.name == "failed_precondition" && !$0.wasBegun })
    }

    @Test("TOOL-03: where tokens are forbidden, no schema shows a place for one")
    func noProperty() async throws {
        let client = try await client { $0.confirmsByToken = false }
        let tools = try await client.result("tools/list")["tools"]?.arrayValue ?? []
        let schema = tools.first { $0["name"] == "delete" }?["inputSchema"]
        #expect(schema?["properties"]?.objectValue?.keys == ["what"])
    }

    @Test("ELICIT-02: where tokens are forbidden, a client that can ask is asked as ever")
    func stillAsked() async throws {
        let client = try await client(capabilities: Self.asking) { $0.confirmsByToken = false }
        let answer = try await answerQuestion(client, ["action": "accept", "content": ["confirm": true]])
        #expect(text(of: answer["result"] ?? .null) == "deleted")
    }
}
