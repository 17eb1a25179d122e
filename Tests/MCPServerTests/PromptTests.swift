// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@testable import MCPServer

@Suite("Prompts and completion")
struct PromptTests {
    @Test("PROMPT-01: prompts are listed with their arguments")
    func listing() async throws {
        let prompts = try await TestClient.handshake().result("prompts/list")["prompts"]?.arrayValue
        #expect(
            prompts?.first == [
                "name": "greet", "title": "Greet", "description": "Greets.",
                "arguments": [
                    ["name": "who", "description": "Whom.", "required": true],
                    ["name": "how", "description": "How.", "required": false],
                ],
            ]
        )
    }

    @Test(
        "PROMPT-02, PROMPT-03, PROMPT-04 and PROMPT-05: what does not fit gets -32602",
        arguments: [
            ["name": "none"], [:], ["name": 5], ["name": "greet"], ["name": "greet", "arguments": [:]],
            ["name": "greet", "arguments": ["how": "x"]], ["name": "greet", "arguments": ["who": 5]],
            ["name": "greet", "arguments": []],
        ] as [JSONObject]
    )
    func refused(params: JSONObject) async throws {
        #expect(try await TestClient.handshake().errorCode("prompts/get", .object(params)) == -32602)
        #expect(try await TestClient().errorCode("prompts/get", modern(params)) == -32602)
    }

    @Test("PROMPT-06: a prompt with a body is filled by the host, and values open no further places")
    func hostRendered() async throws {
        let client = try await TestClient.handshake()
        let result = try await client.result(
            "prompts/get",
            ["name": "greet", "arguments": ["who": "{{how}}", "how": "!"]]
        )
        let message: JSONValue = ["role": "user", "content": ["type": "text", "text": "Hello {{how}}!!"]]
        #expect(result == ["description": "Greets.", "messages": [message]])
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("PROMPT-06: a prompt without a body is answered by its plugin")
    func byPlugin() async throws {
        let client = try await TestClient.handshake()
        let result = try await client.result("prompts/get", ["name": "coded"])
        #expect(result["messages"]?.arrayValue?.first?["content"]?["text"] == "coded")
    }

    @Test(
        "PROMPT-06: messages of another shape are the plugin's fault",
        arguments: [[:], ["messages": [["role": "system", "content": ["type": "text"]]]], ["messages": [5]]]
            as [JSONValue]
    )
    func brokenMessages(answer: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("coded", answer: answer)
        #expect(try await TestClient.handshake(plugins: plugins).errorCode("prompts/get", ["name": "coded"]) == -32603)
    }

    @Test(
        "Text with places keeps what is no place",
        arguments: [("a {{", "a {{"), ("{{ }}x", "x"), ("{{a}}{{a}}", "AA")]
    )
    func places(template: String, expected: String) {
        #expect(PromptText(template).filled { $0 == "a" ? "A" : "" } == expected)
    }

    private static let reference: JSONValue = ["type": "ref/prompt", "name": "greet"]

    @Test("COMP-01: values come from the plugin", arguments: Fixtures.handshakeVersions)
    func completion(version: String) async throws {
        let client = try await TestClient.handshake(version)
        let params: JSONValue = [
            "ref": Self.reference, "argument": ["name": "who", "value": "a"], "context": ["arguments": ["how": "x"]],
        ]
        #expect(
            try await client.result("completion/complete", params) == ["completion": ["values": ["alpha", "beta"]]]
        )
        #expect((client.plugins.calls.first?.params["context"] != nil) == (version >= "2025-06-18"))
    }

    @Test("COMP-01: at most a hundred values are sent, and the cut is said")
    func manyValues() async throws {
        let plugins = FakePlugins()
        plugins.on("completion/complete", answer: ["values": .array((0..<150).map { .string("v\($0)") })])
        let client = try await TestClient.handshake(plugins: plugins)
        let params: JSONValue = [
            "ref": ["type": "ref/resource", "uri": "test://items/{id}"], "argument": ["name": "id", "value": ""],
        ]
        let completion = try await client.result("completion/complete", params)["completion"]
        #expect(completion?["values"]?.arrayValue?.count == 100)
        #expect(completion?["hasMore"] == true)
    }

    @Test(
        "COMP-02 and COMP-03: what names nothing known gets -32602",
        arguments: [
            [:], ["ref": reference], ["ref": reference, "argument": ["name": "who"]],
            ["ref": reference, "argument": ["name": "who", "value": 5]],
            ["ref": reference, "argument": ["name": "none", "value": ""]],
            ["ref": ["type": "ref/prompt", "name": "none"], "argument": ["name": "who", "value": ""]],
            ["ref": ["type": "ref/resource", "uri": "test://none"], "argument": ["name": "id", "value": ""]],
            ["ref": ["type": "ref/resource", "uri": "test://items/{id}"], "argument": ["name": "none", "value": ""]],
            ["ref": ["type": "ref/other"], "argument": ["name": "id", "value": ""]], ["ref": 5, "argument": [:]],
        ] as [JSONValue]
    )
    func badCompletion(params: JSONValue) async throws {
        #expect(try await TestClient.handshake().errorCode("completion/complete", params) == -32602)
    }

    @Test("COMP-01: a plugin that completes nothing gives no values")
    func noCompletion() async throws {
        let client = try await TestClient.handshake(plugins: FakePlugins())
        let params: JSONValue = ["ref": Self.reference, "argument": ["name": "who", "value": "a"]]
        #expect(try await client.result("completion/complete", params) == ["completion": ["values": []]])
    }
}
