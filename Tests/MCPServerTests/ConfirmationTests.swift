// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import PluginManifest
import Testing

@Suite("Consent before a destructive tool")
struct ConfirmationTests {
    private static let asking: JSONValue = ["elicitation": [:]]
    private static let agreed: JSONValue = ["action": "accept", "content": ["confirm": true]]

    // MARK: Stateless

    private func retry(_ client: TestClient, _ question: JSONValue, _ answer: JSONValue, what: JSONValue = "x")
        -> JSONValue
    {
        modern(
            [
                "name": "delete", "arguments": ["what": what], "inputResponses": ["confirm": answer],
                "requestState": question["requestState"] ?? "",
            ],
            capabilities: Self.asking
        )
    }

    private func ask(_ client: TestClient) async throws -> JSONValue {
        let params = modern(["name": "delete", "arguments": ["what": "x"]], capabilities: Self.asking)
        return try await client.result("tools/call", params)
    }

    @Test("MRTR-01, MRTR-02, MRTR-03: a stateless client is asked in the result, and the retry with consent runs")
    func stateless() async throws {
        let client = TestClient()
        let question = try await ask(client)
        #expect(question["resultType"] == "input_required")
        #expect(question["ttlMs"] == nil && question["content"] == nil)
        let form = question["inputRequests"]?["confirm"]
        #expect(form?["method"] == "elicitation/create")
        #expect(form?["params"]?["message"]?.stringValue?.contains(#"{"what":"x"}"#) == true)
        #expect(client.plugins.calls.isEmpty)
        let result = try await client.result("tools/call", retry(client, question, Self.agreed))
        #expect(text(of: result) == "deleted")
        #expect(client.plugins.calls.count == 1)
    }

    @Test(
        "ELICIT-01: declining and cancelling are answers, and nothing is done",
        arguments: [
            ["action": "decline"], ["action": "cancel"], ["action": "accept"],
            ["action": "accept", "content": ["confirm": false]],
        ] as [JSONValue]
    )
    func refused(answer: JSONValue) async throws {
        let client = TestClient()
        let result = try await client.result("tools/call", retry(client, try await ask(client), answer))
        #expect(result["isError"] == true && text(of: result).hasPrefix("permission_denied"))
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("MRTR-04: the state opens once")
    func singleUse() async throws {
        let client = TestClient()
        let question = try await ask(client)
        _ = try await client.result("tools/call", retry(client, question, Self.agreed))
        #expect(try await client.errorCode("tools/call", retry(client, question, Self.agreed)) == -32602)
        #expect(client.plugins.calls.count == 1)
    }

    @Test("MRTR-04: the state is bound to the arguments and cannot be changed or made up")
    func tampering() async throws {
        let client = TestClient()
        let question = try await ask(client)
        #expect(try await client.errorCode("tools/call", retry(client, question, Self.agreed, what: "y")) == -32602)
        let state = try #require(question["requestState"]?.stringValue)
        let flipped = (state.first == "0" ? "1" : "0") + state.dropFirst()
        for forged in [flipped, "", "00", String(state.dropLast(2)), state.uppercased() + "!"] {
            let params = retry(client, ["requestState": .string(forged)], Self.agreed)
            #expect(try await client.errorCode("tools/call", params) == -32602)
        }
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("MRTR-04: the state expires, and another process knows nothing of it")
    func expiry() async throws {
        let shortLived = TestClient { $0.confirmationLifetime = .zero }
        let question = try await ask(shortLived)
        #expect(try await shortLived.errorCode("tools/call", retry(shortLived, question, Self.agreed)) == -32602)
        let other = TestClient()
        #expect(try await other.errorCode("tools/call", retry(other, question, Self.agreed)) == -32602)
    }

    @Test("MRTR-05: without an answer the question comes again, unknown answers are ignored, malformed ones refused")
    func incompleteRetries() async throws {
        let client = TestClient()
        let first = try await ask(client)
        let params: JSONObject = [
            "name": "delete", "arguments": ["what": "x"], "requestState": first["requestState"] ?? "",
        ]
        var again = params
        again["inputResponses"] = ["unknown": ["action": "accept"]]
        let second = try await client.result("tools/call", modern(again, capabilities: Self.asking))
        #expect(second["resultType"] == "input_required")
        var malformed = params
        malformed["inputResponses"] = ["confirm": true]
        #expect(try await client.errorCode("tools/call", modern(malformed, capabilities: Self.asking)) == -32602)
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("MRTR-05: consent without the state that asked for it counts for nothing")
    func answerWithoutState() async throws {
        let client = TestClient()
        let params: JSONObject = ["name": "delete", "inputResponses": ["confirm": Self.agreed]]
        let result = try await client.result("tools/call", modern(params, capabilities: Self.asking))
        #expect(result["resultType"] == "input_required")
        #expect(client.plugins.calls.isEmpty)
    }

    // MARK: Handshake

    @Test(
        "ELICIT-02 and JSONRPC-18: a session that can ask is asked by a request",
        arguments: ["2025-06-18", "2025-11-25"]
    )
    func session(version: String) async throws {
        let client = try await TestClient.handshake(version, capabilities: Self.asking)
        client.post("tools/call", ["name": "delete", "arguments": ["what": "x"]], id: 1)
        let question = try await client.next()
        #expect(question["method"] == "elicitation/create")
        #expect((question["params"]?["mode"] != nil) == (version >= "2025-11-25"))
        client.send(["jsonrpc": "2.0", "id": question["id"] ?? 0, "result": Self.agreed])
        #expect(text(of: try await client.next()["result"] ?? .null) == "deleted")
    }

    @Test("ELICIT-02: a client's refusal to ask is an error, and nothing is done")
    func sessionFails() async throws {
        let client = try await TestClient.handshake(capabilities: Self.asking)
        client.post("tools/call", ["name": "delete"], id: 1)
        let id = try await client.next()["id"] ?? 0
        client.send(["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no"]])
        #expect(try await client.next()["result"]?["isError"] == true)
        #expect(client.plugins.calls.isEmpty)
    }

    // MARK: Without elicitation

    private static func token(in result: JSONValue) -> String {
        let text = text(of: result)
        let digits = text.split(separator: "\"").first { $0.count > 40 && $0.allSatisfy(\.isHexDigit) }
        return digits.map { String($0) } ?? ""
    }

    @Test("CLIENTF-01: where nobody can be asked, the first call does nothing and shows a token for the second")
    func byArgument() async throws {
        let clients = [
            try await TestClient.handshake("2024-11-05"), try await TestClient.handshake("2025-11-25"),
            try await TestClient.handshake("2025-11-25", capabilities: ["elicitation": ["url": [:]]]),
        ]
        for client in clients {
            let dry = try await client.call("delete", ["what": "x"])
            #expect(dry["isError"] == true && text(of: dry).contains("Nothing has been done"))
            #expect(text(of: dry).contains(#"{"what":"x"}"#))
            let token = JSONValue.string(Self.token(in: dry))
            let other = try await client.call("delete", ["what": "y", "confirm": token])
            #expect(text(of: other).contains("no confirmation for exactly this call"))
            #expect(client.plugins.calls.isEmpty)
            #expect(text(of: try await client.call("delete", ["confirm": token, "what": "x"])) == "deleted")
            #expect(client.plugins.calls.first?.params["arguments"] == ["what": "x"])
            let again = try await client.call("delete", ["what": "x", "confirm": token])
            #expect(again["isError"] == true && text(of: again).contains("has been used already"))
            #expect(client.plugins.calls.count == 1)
        }
    }

    @Test("CLIENTF-01: a token that is no string, or has expired, brings a new one")
    func badToken() async throws {
        let client = try await TestClient.handshake { $0.confirmationLifetime = .zero }
        let dry = try await client.call("delete")
        let late = try await client.call("delete", ["confirm": .string(Self.token(in: dry))])
        #expect(text(of: late).hasPrefix("This confirmation has expired."))
        #expect(try await client.call("delete", ["confirm": true])["isError"] == true)
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("TOOL-03: the schema of a tool that asks shows the token's place, beside one that is taken")
    func publishedSchema() async throws {
        let taken = Fixtures.tool(
            "taken",
            input: ["type": "object", "properties": ["confirm": ["type": "boolean"]]],
            annotations: Fixtures.destructive
        )
        let client = try await TestClient.handshake("2025-11-25", Catalog(tools: [taken] + Fixtures.catalog.tools))
        let tools = try await client.result("tools/list")["tools"]?.arrayValue ?? []
        func properties(_ name: String) -> [String] {
            tools.first { $0["name"]?.stringValue == name }?["inputSchema"]?["properties"]?.objectValue?.keys ?? []
        }
        #expect(properties("delete") == ["what", "confirm"])
        #expect(properties("taken") == ["confirm", "confirmation_token"])
        #expect(properties("label") == [])
    }

    @Test(
        "The policy says which tools ask",
        arguments: [(ConfirmationPolicy.never, []), (.destructive, ["delete"]), (.everyChange, ["delete", "label"])]
    )
    func policies(policy: ConfirmationPolicy, asking: [String]) async throws {
        let client = try await TestClient.handshake { $0.confirmation = policy }
        for name in ["delete", "label", "count"] {
            #expect((try await client.call(name)["isError"] == true) == asking.contains(name))
        }
    }
}
