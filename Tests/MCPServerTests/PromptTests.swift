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

    // MARK: What a manifest says of arguments

    private static func triage(_ arguments: JSONObject) -> JSONValue {
        var arguments = arguments
        if arguments["who"] == nil { arguments["who"] = "us" }
        return ["name": "triage", "arguments": .object(arguments)]
    }

    @Test(
        "PROMPT-04: a value that does not fit gets -32602, naming the argument and what is allowed",
        arguments: [
            (["os": "solaris"], "argument os of the prompt triage is \"solaris\": allowed are windows, linux, Darwin"),
            (["client": "x C.1"], "argument client of the prompt triage is \"x C.1\": it must match ^C\\.[0-9a-f]+$"),
            (["who": ""], "argument who of the prompt triage is \"\": it must match ^.+$"),
        ] as [(JSONObject, String)]
    )
    func unfitting(arguments: JSONObject, words: String) async throws {
        let error = try await TestClient.handshake().request("prompts/get", Self.triage(arguments))["error"]
        #expect(error?["code"] == -32602)
        #expect(error?["message"]?.stringValue?.contains(words) == true, "\(error?.json() ?? "no error")")
    }

    @Test(
        "PROMPT-06: what is left out, or empty and optional, is filled with its default",
        arguments: [
            ([:], " runs linux of us"), (["os": "", "client": ""], " runs linux of us"),
            (["os": "windows", "client": "C.0f"], "C.0f runs windows of us"),
        ] as [(JSONObject, String)]
    )
    func defaults(arguments: JSONObject, expected: String) async throws {
        let result = try await TestClient.handshake().result("prompts/get", Self.triage(arguments))
        #expect(result["messages"]?.arrayValue?.first?["content"]?["text"]?.stringValue == expected)
    }

    private static func completing(_ argument: String, _ value: String) -> JSONValue {
        [
            "ref": ["type": "ref/prompt", "name": "triage"],
            "argument": ["name": .string(argument), "value": .string(value)],
        ]
    }

    @Test("COMP-01: an argument that another plugin completes is asked of that plugin")
    func delegated() async throws {
        let client = try await TestClient.handshake()
        let answer = try await client.result("completion/complete", Self.completing("client", "C."))
        #expect(answer == ["completion": ["values": ["alpha", "beta"]]])
        #expect(client.plugins.calls.map(\.plugin) == ["org.example.other"])
        #expect(client.plugins.calls.first?.params["argument"] == ["name": "client", "value": "C."])
    }

    @Test(
        "COMP-01: where the plugin that completes is absent, or the prompt's own has no code, there are no values",
        arguments: ["ghost", "who"]
    )
    func nobodyCompletes(argument: String) async throws {
        let client = try await TestClient.handshake()
        let answer = try await client.result("completion/complete", Self.completing(argument, ""))
        #expect(answer == ["completion": ["values": []]])
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("COMP-01: where the plugin that completes does not know how, there are no values; its failures are errors")
    func cannotComplete() async throws {
        let mute = try await TestClient.handshake(plugins: FakePlugins())
        let answer = try await mute.result("completion/complete", Self.completing("client", ""))
        #expect(answer == ["completion": ["values": []]])
        let broken = FakePlugins()
        broken.on("completion/complete") { _, _ throws(MegaraptorError) in
            throw MegaraptorError(.notFound, "There is no organisation X.")
        }
        let client = try await TestClient.handshake(plugins: broken)
        #expect(try await client.errorCode("completion/complete", Self.completing("client", "")) != nil)
    }

    @Test(
        "COMP-01: the host itself completes an argument whose values the manifest lists",
        arguments: [("", ["windows", "linux", "Darwin"]), ("L", ["linux"]), ("d", ["Darwin"]), ("x", [])]
    )
    func listedValues(typed: String, expected: [String]) async throws {
        let client = try await TestClient.handshake()
        let answer = try await client.result("completion/complete", Self.completing("os", typed))
        #expect(answer["completion"]?["values"] == .array(expected.map(JSONValue.string)))
        #expect(client.plugins.calls.isEmpty)
    }
}
