// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Tools")
struct ToolTests {
    private static let everyVersion = Fixtures.handshakeVersions

    @Test("TOOL-01, TOOL-03, TOOL-06 and TOOL-09: every tool has a name, a description and an object schema, in order")
    func listing() async throws {
        let client = try await TestClient.handshake()
        let result = try await client.result("tools/list")
        let tools = try #require(result["tools"]?.arrayValue)
        #expect(tools.map { $0["name"] } == ["echo", "count", "delete", "label", "custom"])
        for tool in tools {
            #expect(tool["inputSchema"]?["type"] == "object")
            #expect(tool["description"]?.stringValue?.isEmpty == false)
        }
        #expect(try await client.result("tools/list") == result)
    }

    @Test("TOOL-01: without tools the list is empty")
    func emptyList() async throws {
        let client = try await TestClient.handshake("2025-11-25", Catalog())
        #expect(try await client.result("tools/list") == ["tools": []])
    }

    @Test("TOOL-05: annotations tell what a tool may do")
    func annotations() async throws {
        let tools = try await TestClient.handshake().result("tools/list")["tools"]?.arrayValue ?? []
        let byName = Dictionary(uniqueKeysWithValues: tools.map { ($0["name"]?.stringValue ?? "", $0["annotations"]) })
        #expect(byName["echo"] == ["readOnlyHint": true, "openWorldHint": true])
        #expect(byName["delete"]??["destructiveHint"] == true)
        #expect(byName["label"]??["destructiveHint"] == false)
    }

    @Test("A call by a tool's former name reaches it under its present one; lists show only that")
    func formerName() async throws {
        var entry = Fixtures.tool("renamed")
        entry.contribution.aliases = ["older", "oldest"]
        let plugins = Fixtures.plugins()
        plugins.on("renamed", answer: textResult("here"))
        let client = try await TestClient.handshake("2025-11-25", Catalog(tools: [entry]), plugins: plugins)
        let listed = try await client.result("tools/list")["tools"]?.arrayValue ?? []
        #expect(listed.map { $0["name"] } == ["renamed"] && listed.first?["aliases"] == nil)
        for name in ["older", "oldest", "renamed"] {
            let result = try await client.result("tools/call", ["name": .string(name)])
            #expect(result["content"]?.arrayValue?.first?["text"] == "here")
        }
        #expect(plugins.calls.map { $0.params["name"] } == ["renamed", "renamed", "renamed"])
        #expect(try await client.errorCode("tools/call", ["name": "old"]) == -32602)
    }

    @Test("TOOL-10: an unknown tool is -32602 in every version")
    func unknownTool() async throws {
        for version in Self.everyVersion {
            #expect(try await TestClient.handshake(version).errorCode("tools/call", ["name": "none"]) == -32602)
        }
        #expect(try await TestClient().errorCode("tools/call", modern(["name": "none"])) == -32602)
    }

    @Test(
        "TOOL-11: a request that is no tool call gets -32602",
        arguments: [
            [:], ["name": 5], ["name": .null], ["name": "echo", "arguments": []], ["name": "echo", "arguments": "x"],
            ["name": "echo", "arguments": .null],
        ] as [JSONObject]
    )
    func malformedCall(params: JSONObject) async throws {
        #expect(try await TestClient.handshake().errorCode("tools/call", .object(params)) == -32602)
        #expect(try await TestClient().errorCode("tools/call", modern(params)) == -32602)
    }

    @Test(
        "TOOL-12 and TOOL-13: arguments that do not fit give a result that helps the model",
        arguments: [
            ([:], "text"), (["text": 5], "/text"), (["text": "a", "times": 0], "/times"),
            (["text": "a", "more": 1], "more"),
        ] as [(JSONValue, String)]
    )
    func wrongArguments(arguments: JSONValue, place: String) async throws {
        for version in Self.everyVersion {
            let client = try await TestClient.handshake(version)
            let result = try await client.call("echo", arguments)
            #expect(result["isError"] == true)
            #expect(text(of: result).contains(place))
            #expect(client.plugins.calls.isEmpty)
        }
        let result = try await TestClient().result("tools/call", modern(["name": "echo", "arguments": arguments]))
        #expect(result["isError"] == true && result["resultType"] == "complete")
    }

    @Test("TOOL-12: defaults of the schema reach the plugin")
    func defaults() async throws {
        let client = try await TestClient.handshake()
        _ = try await client.call("echo", ["text": "a"])
        #expect(client.plugins.calls.first?.params["arguments"] == ["text": "a", "times": 1])
    }

    @Test("TOOL-15: arguments may be absent")
    func absentArguments() async throws {
        #expect(text(of: try await TestClient.handshake().call("label")) == "labelled")
    }

    @Test("TOOL-16: a failure inside a tool is a result with isError, code, message and hint")
    func failure() async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, _ throws(MegaraptorError) in
            throw MegaraptorError(.unavailable, "No server.", hint: "Start it.", retryable: true)
        }
        let result = try await TestClient.handshake(plugins: plugins).call("custom")
        #expect(result["isError"] == true)
        #expect(text(of: result) == "unavailable: No server. Start it.")
        #expect(result["structuredContent"]?["code"] == "unavailable")
    }

    @Test("TOOL-04 and TOOL-16: a failure of a tool with an output schema carries no structured content")
    func failureWithOutputSchema() async throws {
        let plugins = FakePlugins()
        plugins.on("count") { _, _ throws(MegaraptorError) in throw MegaraptorError(.notFound, "No such thing.") }
        let result = try await TestClient.handshake(plugins: plugins).call("count")
        #expect(result["isError"] == true && result["structuredContent"] == nil)
    }

    @Test("TOOL-17: a tool that the catalogue does not show cannot be called")
    func hiddenTool() async throws {
        let catalog = ChangingCatalog()
        let client = try await TestClient.handshake("2025-11-25", catalog)
        catalog.change { $0.tools.removeAll { $0.contribution.name == "echo" } }
        client.server.catalogDidChange()
        #expect(try await client.next()["method"] == "notifications/tools/list_changed")
        #expect(try await client.errorCode("tools/call", ["name": "echo", "arguments": ["text": "x"]]) == -32602)
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("TOOL-17: calls beyond the limit wait their turn and are all answered")
    func limitedConcurrency() async throws {
        let client = try await TestClient.handshake { $0.concurrentCalls = 1 }
        for id in 0..<20 {
            client.post("tools/call", ["name": "echo", "arguments": ["text": "x"]], id: .integer(Int64(id)))
        }
        var ids: Set<Int64> = []
        for _ in 0..<20 { ids.insert(try #require(try await client.next()["id"]?.integerValue)) }
        #expect(ids.count == 20)
    }

    @Test("TASK-01: task metadata is ignored and no tool mentions tasks")
    func tasks() async throws {
        let client = try await TestClient.handshake()
        let result = try await client.result("tools/call", ["name": "label", "task": ["ttl": 1000]])
        #expect(text(of: result) == "labelled")
        #expect(try await client.errorCode("tasks/get", ["taskId": "x"]) == -32601)
    }

    @Test("SCHEMA-02: a tool with an unusable schema is its plugin's fault, and nothing runs")
    func unusableSchema() async throws {
        let catalog = Catalog(tools: [Fixtures.tool("custom", input: ["type": "object", "properties": 5])])
        let client = try await TestClient.handshake("2025-11-25", catalog)
        let result = try await client.call("custom")
        #expect(result["isError"] == true && text(of: result).contains("org.example.fake"))
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("SCHEMA-01: a reference to the network is never followed; the tool is its plugin's fault")
    func networkReference() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["a": ["$ref": "https://example.org/schema.json"]]]
        let client = try await TestClient.handshake(
            "2025-11-25",
            Catalog(tools: [Fixtures.tool("custom", input: schema)])
        )
        #expect(text(of: try await client.call("custom", ["a": 1])).contains("inputSchema that cannot be used"))
        #expect(client.plugins.calls.isEmpty)
    }
}
