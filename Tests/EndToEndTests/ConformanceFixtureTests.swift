// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("What MCP's official conformance suite asks of a server, over real stdio")
struct ConformanceFixtureTests {
    private static var manifests: String {
        Products.sourceRoot.appending(path: "Tests/Fixtures/manifests-conformance").path
    }

    private func session() throws -> Session { try Session(["--plugin-dir", Self.manifests]) }

    private func meta(_ capabilities: JSONValue = ["elicitation": [:], "sampling": [:], "roots": [:]]) -> JSONValue {
        [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": capabilities,
        ]
    }

    @Test(
        "Each kind of content arrives, with and without handshake",
        arguments: [
            ("test_simple_text", ["text"]), ("test_image_content", ["image"]), ("test_audio_content", ["audio"]),
            ("test_embedded_resource", ["resource"]),
            ("test_multiple_content_types", ["text", "image", "resource"]),
        ]
    )
    func content(tool: String, kinds: [String]) async throws {
        let session = try session()
        let stateless = try await session.request("tools/call", ["name": .string(tool), "_meta": meta()])
        _ = try await session.initialize()
        for result in [stateless, try await session.call(tool)] {
            #expect(result["content"]?.arrayValue?.compactMap { $0["type"]?.stringValue } == kinds)
            #expect(result["isError"] != true)
        }
    }

    @Test("An error of a tool is a result that says so; a schema keeps all its keywords; progress comes in order")
    func errorsSchemasProgress() async throws {
        let session = try session()
        _ = try await session.initialize()
        #expect(try await session.call("test_error_handling")["isError"] == true)
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        let schema = tools.first { $0["name"] == "json_schema_2020_12_tool" }?["inputSchema"]
        for keyword in ["$schema", "$defs", "allOf", "if", "then", "else", "additionalProperties"] {
            #expect(schema?[keyword] != nil, "\(keyword)")
        }
        #expect(schema?["$defs"]?["address"]?["$anchor"] == "addressDef")
        let token: JSONValue = ["progressToken": 7]
        _ = try await session.request("tools/call", ["name": "test_tool_with_progress", "_meta": token])
        let steps = await session.notifications.compactMap { $0["params"]?["progress"]?.doubleValue }
        #expect(steps == [0, 50, 100])
    }

    @Test("Resources, the template, a watched resource and the prompts")
    func resourcesAndPrompts() async throws {
        let session = try session()
        _ = try await session.initialize()
        func read(_ uri: String) async throws -> JSONValue? {
            try await session.request("resources/read", ["uri": .string(uri)])["contents"]?.arrayValue?.first
        }
        #expect(try await read("test://static-text")?["text"] == "This is the content of the static text resource.")
        #expect(try await read("test://static-binary")?["blob"]?.stringValue?.hasPrefix("iVBORw0KGgo") == true)
        #expect(try await read("test://template/123/data")?["text"]?.stringValue?.contains("\"id\":\"123\"") == true)
        _ = try await session.request("resources/subscribe", ["uri": "test://watched-resource"])
        _ = try await session.notifications("notifications/resources/updated", atLeast: 1)
        _ = try await session.request("resources/unsubscribe", ["uri": "test://watched-resource"])
        func prompt(_ name: String, _ arguments: JSONValue = [:]) async throws -> JSONValue? {
            try await session.request("prompts/get", ["name": .string(name), "arguments": arguments])["messages"]
        }
        #expect(try await prompt("test_simple_prompt")?.arrayValue?.first?["content"]?["type"] == "text")
        let filled = try await prompt("test_prompt_with_arguments", ["arg1": "hello", "arg2": "world"])
        #expect(filled?.arrayValue?.first?["content"]?["text"] == "Prompt with arguments: arg1='hello', arg2='world'")
        let embedded = try await prompt("test_prompt_with_embedded_resource", ["resourceUri": "test://x"])
        #expect(embedded?.arrayValue?.first?["content"]?["resource"]?["uri"] == "test://x")
        #expect(try await prompt("test_prompt_with_image")?.arrayValue?.first?["content"]?["type"] == "image")
    }

    /// An answer of the right kind for each question.
    private func answers(to requests: JSONValue?, _ fields: JSONValue) -> JSONValue {
        .object(
            JSONObject(
                (requests?.objectValue ?? [:]).map { name, question in
                    switch question["method"] {
                    case "elicitation/create": (name, ["action": "accept", "content": fields])
                    case "sampling/createMessage":
                        (
                            name,
                            ["role": "assistant", "model": "m", "content": ["type": "text", "text": "Paris"]]
                        )
                    default: (name, ["roots": [["uri": "file:///case"]]])
                    }
                }
            )
        )
    }

    @Test(
        "MRTR-02: a call that asks for input is completed by the answers",
        arguments: [
            ("test_input_required_result_elicitation", ["name": "Alice"], "Hello, Alice!"),
            ("test_input_required_result_sampling", [:], "Paris"),
            ("test_input_required_result_list_roots", [:], "The roots are: file:///case"),
            ("test_input_required_result_request_state", ["ok": true], "state-ok"),
            ("test_input_required_result_multiple_inputs", ["name": "Alice"], "Paris Alice has 1 roots."),
            ("test_input_required_result_multi_round", ["name": "Alice", "color": "blue"], "Alice likes blue."),
        ] as [(String, JSONValue, String)]
    )
    func inputRequired(tool: String, fields: JSONValue, text: String) async throws {
        let session = try session()
        var params: JSONObject = ["name": .string(tool), "arguments": [:], "_meta": meta()]
        var result = try await session.request("tools/call", .object(params))
        #expect(result["resultType"] == "input_required")
        while result["resultType"] == "input_required" {
            params["inputResponses"] = answers(to: result["inputRequests"], fields)
            params["requestState"] = result["requestState"]
            result = try await session.request("tools/call", .object(params))
        }
        #expect(result.text == text)
    }

    @Test("MRTR-04, MRTR-05: changed state is refused, missing answers are asked for again, unknown ones ignored")
    func answersThatDoNotFit() async throws {
        let session = try session()
        func call(_ tool: String, _ more: JSONObject) async throws -> JSONValue {
            var params: JSONObject = ["name": .string(tool), "arguments": [:], "_meta": meta()]
            for (key, value) in more { params[key] = value }
            return try await session.response(to: try await session.send("tools/call", .object(params)))
        }
        let tampered = "test_input_required_result_tampered_state"
        let state = try await call(tampered, [:])["result"]?["requestState"]?.stringValue ?? ""
        let answer: JSONValue = ["confirm": ["action": "accept", "content": ["ok": true]]]
        let refused = try await call(
            tampered,
            ["inputResponses": answer, "requestState": .string(state + "-TAMPERED")]
        )
        #expect(refused["error"]?["code"] == -32602)
        let elicitation = "test_input_required_result_elicitation"
        let wrong = try await call(
            elicitation,
            ["inputResponses": ["wrong_key": ["action": "accept", "content": [:]]]]
        )
        #expect(wrong["result"]?["resultType"] == "input_required")
        let right: JSONValue = [
            "user_name": ["action": "accept", "content": ["name": "Alice"]],
            "unknown": ["action": "accept", "content": ["foo": "bar"]],
        ]
        let done = try await call(elicitation, ["inputResponses": right])["result"]
        #expect(done?.text == "Hello, Alice!")
    }

    @Test("MRTR-03: only what a client declares is asked, and what it lacks is named")
    func capabilities() async throws {
        let session = try session()
        let onlySampling: JSONValue = [
            "name": "test_input_required_result_capabilities", "_meta": meta(["sampling": [:]]),
        ]
        let asked = try await session.request("tools/call", onlySampling)["inputRequests"]?.objectValue ?? [:]
        #expect(asked.map { $0.value["method"]?.stringValue } == ["sampling/createMessage"])
        let nothing: JSONValue = ["name": "test_missing_capability", "_meta": meta([:])]
        let refused = try await session.response(to: try await session.send("tools/call", nothing))
        #expect(refused["error"]?["code"] == -32021)
        #expect(refused["error"]?["data"]?["requiredCapabilities"]?["sampling"] == [:])
    }

    @Test("MRTR-02: prompts ask too")
    func prompts() async throws {
        let session = try session()
        var params: JSONObject = ["name": "test_input_required_result_prompt", "_meta": meta()]
        let question = try await session.request("prompts/get", .object(params))
        #expect(question["resultType"] == "input_required")
        params["inputResponses"] = answers(to: question["inputRequests"], ["context": "the case"])
        params["requestState"] = question["requestState"]
        let prompt = try await session.request("prompts/get", .object(params))
        #expect(prompt["messages"]?.arrayValue?.first?["content"]?["text"] == "Context: the case")
    }
}
