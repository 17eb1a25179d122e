// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import PluginManifest
import Synchronization

/// A small catalogue and the plugins behind it.
enum Fixtures {
    static let handshakeVersions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]

    static let textSchema: JSONValue = [
        "type": "object",
        "properties": ["text": ["type": "string"], "times": ["type": "integer", "minimum": 1, "default": 1]],
        "required": ["text"],
        "additionalProperties": false,
    ]

    static func tool(
        _ name: String,
        input: JSONValue = ["type": "object"],
        output: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations(readOnly: true, destructive: false)
    ) -> Catalog.Entry<ToolContribution> {
        let contribution = ToolContribution(
            name: name,
            title: "The \(name)",
            description: "Does \(name).",
            toolset: "tests",
            inputSchema: input,
            outputSchema: output,
            annotations: annotations
        )
        return Catalog.Entry(contribution, pluginID: "org.example.fake")
    }

    static let destructive = ToolAnnotations(readOnly: false, destructive: true)

    static let catalog = Catalog(
        tools: [
            tool("echo", input: textSchema),
            tool("count", output: ["type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"]]),
            tool(
                "delete",
                input: ["type": "object", "properties": ["what": ["type": "string"]]],
                annotations: destructive
            ),
            tool("label", annotations: ToolAnnotations(readOnly: false, destructive: false)),
            tool("custom"),
        ],
        resources: [
            Catalog.Entry(
                ResourceContribution(
                    uri: "test://info",
                    name: "info",
                    title: "Info",
                    description: "Information.",
                    mimeType: "text/plain"
                ),
                pluginID: "org.example.fake"
            )
        ],
        resourceTemplates: [
            Catalog.Entry(
                ResourceTemplateContribution(
                    uriTemplate: "test://items/{id}",
                    name: "item",
                    title: "Item",
                    description: "One item."
                ),
                pluginID: "org.example.fake"
            )
        ],
        prompts: [
            Catalog.Entry(
                PromptContribution(
                    name: "greet",
                    title: "Greet",
                    description: "Greets.",
                    arguments: [
                        PromptContribution.Argument(name: "who", description: "Whom.", required: true),
                        PromptContribution.Argument(name: "how", description: "How."),
                    ],
                    body: "Hello {{who}}{{ how }}!"
                ),
                pluginID: "org.example.fake"
            ),
            Catalog.Entry(
                PromptContribution(
                    name: "triage",
                    description: "Triages.",
                    arguments: [
                        .init(
                            name: "client",
                            description: "x",
                            completedBy: "org.example.other",
                            pattern: "^C\\.[0-9a-f]+$"
                        ),
                        .init(name: "ghost", description: "x", completedBy: "org.example.absent"),
                        .init(
                            name: "os",
                            description: "x",
                            allowed: ["windows", "linux", "Darwin"],
                            standard: "linux"
                        ),
                        .init(name: "who", description: "x", required: true, pattern: "^.+$"),
                    ],
                    body: "{{client}} runs {{os}} of {{who}}"
                ),
                pluginID: "org.example.text"
            ),
            Catalog.Entry(PromptContribution(name: "coded", description: "By code."), pluginID: "org.example.fake"),
        ],
        callable: ["org.example.fake", "org.example.other"],
        instructions: "Be careful."
    )

    static func plugins() -> FakePlugins {
        let plugins = FakePlugins()
        plugins.on("echo") { params, _ throws(MegaraptorError) in
            textResult(params["arguments"]?["text"]?.stringValue ?? "").jsonBytes()
        }
        plugins.on("count", answer: ["content": [], "structuredContent": ["n": 3]])
        plugins.on("delete", answer: textResult("deleted"))
        plugins.on("label", answer: textResult("labelled"))
        plugins.on("coded", answer: ["messages": [["role": "user", "content": ["type": "text", "text": "coded"]]]])
        plugins.on("resources/read") { params, _ throws(MegaraptorError) in
            (["contents": [["uri": params["uri"] ?? "", "text": "content"]]] as JSONValue).jsonBytes()
        }
        plugins.on("completion/complete", answer: ["values": ["alpha", "beta"]])
        return plugins
    }
}

/// A catalogue that tests can change.
final class ChangingCatalog: CatalogSource {
    private let value: Mutex<Catalog>

    init(_ catalog: Catalog = Fixtures.catalog) {
        value = Mutex(catalog)
    }

    func currentCatalog() -> Catalog { value.withLock { $0 } }

    func change(_ body: (inout Catalog) -> Void) {
        value.withLock { body(&$0) }
    }
}
