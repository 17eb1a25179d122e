// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Results of tools")
struct ToolResultTests {
    private static let richContent: JSONValue = [
        "content": [
            ["type": "text", "text": "t", "annotations": ["priority": 1]],
            ["type": "image", "data": "AAAA", "mimeType": "image/png"],
            ["type": "audio", "data": "AAAA", "mimeType": "audio/wav"],
            ["type": "resource_link", "uri": "test://info", "name": "info"],
            ["type": "resource", "resource": ["uri": "test://info", "text": "x"]],
        ]
    ]

    private func client(_ version: String, custom: JSONValue) async throws -> TestClient {
        let plugins = FakePlugins()
        plugins.on("custom", answer: custom)
        return try await TestClient.handshake(version, plugins: plugins)
    }

    @Test(
        "TOOL-14 and SCHEMA-03: content of later versions becomes text in earlier ones",
        arguments: [
            ("2024-11-05", ["text", "image", "text", "text", "resource"]),
            ("2025-03-26", ["text", "image", "audio", "text", "resource"]),
            ("2025-06-18", ["text", "image", "audio", "resource_link", "resource"]),
        ]
    )
    func degradedContent(version: String, kinds: [String]) async throws {
        let result = try await client(version, custom: Self.richContent).call("custom")
        #expect(result["content"]?.arrayValue?.compactMap { $0["type"]?.stringValue } == kinds)
    }

    @Test("TOOL-14: structured content is an object, or any value in the stateless era, and unknown before 2025-06-18")
    func structuredContent() async throws {
        for (version, value, passes) in [
            ("2025-03-26", ["a": 1], false), ("2025-06-18", ["a": 1], true), ("2025-11-25", [1], false),
        ] as [(String, JSONValue, Bool)] {
            let custom: JSONValue = ["content": [], "structuredContent": value]
            let result = try await client(version, custom: custom).call("custom")
            #expect((result["structuredContent"] == value) == passes, "\(version)")
        }
        let plugins = FakePlugins()
        plugins.on("custom", answer: ["content": [], "structuredContent": [1]])
        let result = try await TestClient(plugins: plugins).result("tools/call", modern(["name": "custom"]))
        #expect(result["structuredContent"] == [1])
    }

    @Test("TOOL-14: structured content alone is repeated as text")
    func repeatedAsText() async throws {
        let result = try await client("2025-03-26", custom: ["structuredContent": ["a": "\u{2028}\"x\""]]).call(
            "custom"
        )
        #expect(try JSONValue(json: text(of: result)) == ["a": "\u{2028}\"x\""])
        #expect(try await client("2025-11-25", custom: [:]).call("custom") == ["content": []])
    }

    @Test("TOOL-04: a successful result has structured content that fits the output schema")
    func conformingResult() async throws {
        #expect(try await TestClient.handshake().call("count")["structuredContent"] == ["n": 3])
    }

    @Test(
        "TOOL-04: a plugin that breaks its output schema is named as the culprit",
        arguments: [["content": []], ["content": [], "structuredContent": ["n": "three"]]] as [JSONValue]
    )
    func brokenOutputSchema(answer: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("count", answer: answer)
        let result = try await TestClient.handshake(plugins: plugins).call("count")
        #expect(result["isError"] == true)
        #expect(text(of: result).hasPrefix("internal: The plugin org.example.fake broke its contract"))
        let old = try await TestClient.handshake("2025-03-26", plugins: plugins).call("count")
        #expect(old["isError"] == nil, "a version without output schemas has nothing to break")
    }

    @Test("TOOL-04: an output schema whose root is no object is published to stateless clients only")
    func nonObjectOutputSchema() async throws {
        let catalog = Catalog(tools: [Fixtures.tool("custom", output: ["type": "array"])])
        let session = try await TestClient.handshake("2025-11-25", catalog).result("tools/list")
        #expect(session["tools"]?.arrayValue?.first?["outputSchema"] == nil)
        let stateless = try await TestClient(catalog).result("tools/list", modern())
        #expect(stateless["tools"]?.arrayValue?.first?["outputSchema"] == ["type": "array"])
    }

    @Test(
        "TOOL-14: a plugin whose answer is no tool result is named as the culprit",
        arguments: [
            "[]", "nonsense", "", #"{"content":5}"#, #"{"content":[5]}"#, #"{"content":[{"type":"video"}]}"#,
            #"{"content":[],"isError":"yes"}"#, #"{"content":[],"_meta":1}"#, #"{"resultType":"strange"}"#,
            #"{"resultType":"input_required","requestState":"s"}"#, "{\"content\":[\"\u{7}\"]}",
        ]
    )
    func brokenResults(answer: String) async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, _ throws(MegaraptorError) in Array(answer.utf8) }
        let result = try await TestClient.handshake(plugins: plugins).call("custom")
        #expect(result["isError"] == true)
        #expect(text(of: result).contains("org.example.fake"))
    }

    @Test("STDIO-01: line breaks between the tokens of a plugin's answer never reach the client")
    func compactedResult() async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, _ throws(MegaraptorError) in
            Array("{\n \"content\" : [\r\n {\"type\":\"text\", \"text\":\"a b\"} ]\n}".utf8)
        }
        let client = try await TestClient.handshake(plugins: plugins)
        client.post("tools/call", ["name": "custom"], id: 1)
        let bytes = try await client.nextBytes()
        #expect(!bytes.contains(0x0A) && !bytes.contains(0x0D))
        #expect(text(of: try JSONValue(json: bytes)["result"] ?? nil) == "a b")
    }

    @Test("META-08: a plugin's own _meta stands beside the server's")
    func mergedMeta() async throws {
        let plugins = FakePlugins()
        plugins.on("custom", answer: ["content": [], "_meta": ["org.example/x": 1]])
        let result = try await TestClient(plugins: plugins).result("tools/call", modern(["name": "custom"]))
        #expect(result["_meta"]?["org.example/x"] == 1)
        #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"] != nil)
    }

    @Test("ROBUST-01 and STDIO-11: a megabyte of any characters comes back unharmed")
    func hugeEcho() async throws {
        let sample = String(repeating: "\u{0}\u{1F}\"\\/e\u{301}é\u{2028}\u{10FFFF}😀\n", count: 40_000)
        let result = try await TestClient.handshake().call("echo", ["text": .string(sample)])
        #expect(Array(text(of: result).utf8) == Array(sample.utf8))
    }
}
