// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import Testing

@Suite("Questions of plugins")
struct PluginQuestionTests {
    private static let asking: JSONValue = ["elicitation": [:]]

    /// A plugin that asks for a name and then greets.
    private static func plugins() -> FakePlugins {
        let plugins = FakePlugins()
        for target in ["custom", "delete", "coded", "test://info"] {
            plugins.on(target) { params, _ throws(MegaraptorError) in
                guard params["inputResponses"] != nil else { return Questions.inputRequired.jsonBytes() }
                let state = params["requestState"]?.stringValue ?? ""
                let answer = params["inputResponses"]?["q"]?["content"]?["name"]?.stringValue ?? ""
                let said = "\(answer), \(state)"
                let result: JSONValue = [
                    "content": [["type": "text", "text": .string(said)]],
                    "contents": [["uri": "test://info", "text": .string(said)]],
                    "messages": [["role": "user", "content": ["type": "text", "text": .string(said)]]],
                ]
                return result.jsonBytes()
            }
        }
        return plugins
    }

    @Test(
        "MRTR-02 and MRTR-04: a plugin's question passes, and its own state comes back through the server's seal",
        arguments: [
            ("tools/call", ["name": "custom"]), ("prompts/get", ["name": "coded"]),
            ("resources/read", ["uri": "test://info"]),
        ] as [(String, JSONObject)]
    )
    func passes(method: String, params: JSONObject) async throws {
        let client = TestClient(plugins: Self.plugins())
        let question = try await client.result(method, modern(params, capabilities: Self.asking))
        #expect(question["resultType"] == "input_required")
        #expect(question["inputRequests"]?["q"]?["params"]?["requestedSchema"] == Questions.form)
        #expect(question["requestState"] != nil && question["requestState"] != "plugin state")
        #expect(question["ttlMs"] == nil)
        var retry = params
        retry["inputResponses"] = ["q": ["action": "accept", "content": ["name": "Zoë"]]]
        retry["requestState"] = question["requestState"]
        let result = try await client.result(method, modern(retry, capabilities: Self.asking))
        #expect(result.json().contains("Zoë, plugin state"))
        #expect(try await client.errorCode(method, modern(retry, capabilities: Self.asking)) == -32602)
    }

    @Test("MRTR-04: consent and a plugin's question follow each other, each state bound to the call")
    func afterConsent() async throws {
        let client = TestClient(plugins: Self.plugins())
        var params: JSONObject = ["name": "delete", "arguments": ["what": "x"]]
        let consent = try await client.result("tools/call", modern(params, capabilities: Self.asking))
        params["requestState"] = consent["requestState"]
        params["inputResponses"] = ["confirm": ["action": "accept", "content": ["confirm": true]]]
        // The answer to the server's own question is no answer for the plugin.
        let result = try await client.result("tools/call", modern(params, capabilities: Self.asking))
        #expect(result["resultType"] == "input_required")
        params["requestState"] = result["requestState"]
        params["inputResponses"] = ["q": ["action": "accept", "content": ["name": "Ann"]]]
        let done = try await client.result("tools/call", modern(params, capabilities: Self.asking))
        #expect(text(of: done) == "Ann, plugin state")
    }

    @Test(
        "MRTR-03 and CLIENTF-01: a question of another kind, or one that cannot be shown, is the plugin's fault",
        arguments: [
            ["q": ["method": "sampling/createMessage", "params": [:]]], ["q": ["method": "ping"]], [:], ["q": 5],
            [
                "q": [
                    "method": "elicitation/create", "params": ["message": "?", "requestedSchema": ["type": "string"]],
                ]
            ],
            [
                "q": [
                    "method": "elicitation/create",
                    "params": [
                        "message": "?",
                        "requestedSchema": ["type": "object", "properties": ["a": ["type": "object"]]],
                    ],
                ]
            ],
        ] as [JSONValue]
    )
    func refusedQuestions(requests: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("custom", answer: ["resultType": "input_required", "inputRequests": requests, "requestState": "s"])
        let params = modern(["name": "custom"], capabilities: ["elicitation": [:], "sampling": [:], "roots": [:]])
        let result = try await TestClient(plugins: plugins).result("tools/call", params)
        #expect(result["isError"] == true && text(of: result).contains("org.example.fake"))
    }

    @Test(
        "MRTR-03: a plugin's questions for the client's model and roots go to clients that declare these",
        arguments: [
            (
                "sampling",
                [
                    "method": "sampling/createMessage",
                    "params": [
                        "messages": [["role": "user", "content": ["type": "text", "text": "?"]]], "maxTokens": 9,
                    ],
                ]
            ), ("roots", ["method": "roots/list", "params": [:]]),
        ] as [(String, JSONValue)]
    )
    func deprecatedQuestions(capability: String, question: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("custom", answer: ["resultType": "input_required", "inputRequests": ["q": question]])
        let client = TestClient(plugins: plugins)
        let declared = modern(["name": "custom"], capabilities: .object([capability: [:]]))
        #expect(try await client.result("tools/call", declared)["inputRequests"]?["q"] == question)
        client.post("tools/call", modern(["name": "custom"], capabilities: Self.asking), id: 99)
        let refusal = try await client.next()["error"]
        #expect(refusal?["code"] == -32021)
        #expect(refusal?["data"]?["requiredCapabilities"] == .object([capability: [:]]))
    }

    @Test("MRTR-03: elicitation by URL needs its own capability")
    func urlMode() async throws {
        let plugins = FakePlugins()
        let question: JSONValue = [
            "method": "elicitation/create",
            "params": ["mode": "url", "message": "Sign in", "url": "https://example.org"],
        ]
        plugins.on("custom", answer: ["resultType": "input_required", "inputRequests": ["q": question]])
        let client = TestClient(plugins: plugins)
        let formsOnly = modern(["name": "custom"], capabilities: Self.asking)
        #expect(try await client.errorCode("tools/call", formsOnly) == -32021)
        let urls = modern(["name": "custom"], capabilities: ["elicitation": ["url": [:]]])
        #expect(try await client.result("tools/call", urls)["inputRequests"]?["q"] == question)
    }

    @Test("ELICIT-02: in a session a plugin asks through its context, with plain forms only")
    func inSession() async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { params, context throws(MegaraptorError) in
            guard let elicit = context.elicit else { throw MegaraptorError(.unsupported, "Cannot ask.") }
            let isNested = params["arguments"]?["nested"] != nil
            let nested: JSONValue = ["type": "object", "properties": ["a": ["type": "object"]]]
            let answer = try await elicit("Your name?", isNested ? nested : Questions.form)
            return textResult(answer["content"]?["name"]?.stringValue ?? "").jsonBytes()
        }
        let client = try await TestClient.handshake(capabilities: Self.asking, plugins: plugins)
        client.post("tools/call", ["name": "custom"], id: 1)
        let question = try await client.next()
        #expect(question["params"]?["requestedSchema"] == Questions.form)
        client.send([
            "jsonrpc": "2.0", "id": question["id"] ?? 0, "result": ["action": "accept", "content": ["name": "Zoë"]],
        ])
        #expect(text(of: try await client.next()["result"] ?? .null) == "Zoë")
        let refused = try await client.call("custom", ["nested": true])
        #expect(text(of: refused).hasPrefix("invalid_argument"))
        let silent = try await TestClient.handshake(plugins: plugins).call("custom")
        #expect(text(of: silent).hasPrefix("unsupported"))
    }

    @Test("MRTR-02: where no question is possible, state and answers are ignored")
    func ignoredInSession() async throws {
        let client = try await TestClient.handshake()
        let params: JSONValue = ["name": "label", "inputResponses": 5, "requestState": 5]
        #expect(text(of: try await client.result("tools/call", params)) == "labelled")
        #expect(client.plugins.calls.first?.params.objectValue?.keys == ["name", "arguments"])
    }
}
