// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import PluginManifest
import Testing

@Suite("A tool that restricts itself in read-only mode")
struct ReadOnlyModeTests {
    private static func client(_ annotations: ToolAnnotations) async throws -> TestClient {
        let query = ToolContribution(
            name: "query",
            description: "Asks.",
            toolset: "tests",
            inputSchema: ["type": "object"],
            annotations: annotations,
            restrictsItself: true
        )
        let plugins = FakePlugins()
        plugins.on("query", answer: textResult("asked"))
        return try await TestClient.handshake(
            "2025-11-25",
            Catalog(tools: [Catalog.Entry(query, pluginID: "org.example.fake")]),
            plugins: plugins
        ) { $0.confirmation = .everyChange }
    }

    private static let cases: [(ToolAnnotations, JSONValue)] = [
        (
            ToolAnnotations(readOnly: true, destructive: false, idempotent: true),
            ["readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true]
        ),
        (
            ToolAnnotations(),
            ["readOnlyHint": false, "destructiveHint": true, "idempotentHint": false, "openWorldHint": true]
        ),
    ]

    @Test("TOOL-03: is listed with all hints of the mode", arguments: cases)
    func hints(annotations: ToolAnnotations, expected: JSONValue) async throws {
        let tools = try await Self.client(annotations).result("tools/list")["tools"]?.arrayValue
        #expect(tools?.first?["annotations"] == expected)
    }

    @Test("runs without a question in read-only mode, and asks first otherwise", arguments: [true, false])
    func confirmation(readOnly: Bool) async throws {
        let client = try await Self.client(ToolAnnotations(readOnly: readOnly, destructive: !readOnly))
        let result = try await client.call("query")
        #expect((text(of: result) == "asked") == readOnly)
        #expect(client.plugins.calls.count == (readOnly ? 1 : 0))
    }
}
