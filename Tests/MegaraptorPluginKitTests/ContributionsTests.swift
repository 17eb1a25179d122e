// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import JSONValue
import MegaraptorErrors
import Testing

@testable import MegaraptorPluginKit

@Suite("A plugin's lists become messages")
struct ContributionsTests {
    private struct Sample: Plugin {
        static let identity = PluginIdentity(id: "org.example.sample", version: "1.0.0")

        init(host: HostServices) {}

        var tools: [Tool] {
            [
                Tool("greet", title: "Greet", description: "Says hello.", toolset: "talk", effects: .reads) {
                    (input: Name, _) in ToolResult(text: "hello \(input.name)")
                },
                Tool("query", description: "Asks.", toolset: "talk", asksFirst: false, readOnlyMode: .restricted) {
                    (_: NoInput, _) in ToolResult(text: "")
                },
            ]
        }

        var resourceTemplates: [ResourceTemplate] {
            [
                ResourceTemplate("s://{who}", name: "who", description: "Somebody.") { uri, values, _ in
                    [ResourceContents(uri: uri, text: values["who"] ?? "")]
                }
            ]
        }

        var runners: [Runner] {
            [
                Runner(
                    "say",
                    description: "Says.",
                    check: { definition, _ in
                        if definition["run"]?["say"] == nil { throw MegaraptorError(.failedPrecondition, "Say what?") }
                    },
                    run: { definition, arguments, _ in
                        ToolResult(structured: [definition["name"] ?? .null, arguments["what"] ?? .null])
                    }
                )
            ]
        }

        var prompts: [Prompt] {
            [Prompt("ask", description: "Asks.") { arguments, _ in [.user(.text(arguments["what"] ?? "?"))] }]
        }
    }

    private struct Name: ToolInput {
        var name: String
        static var schema: Schema { .object(.required("name", .string)) }
    }

    /// A host whose functions are never called.
    private static let context: CallContext = {
        let host = UnsafeMutablePointer<mr_host>.allocate(capacity: 1)
        host.initialize(to: mr_host())
        return CallContext(host: HostServices(bridge: HostBridge(host)), meta: [:], call: 1)
    }()

    private let contributions = Contributions(of: Sample(host: Self.context.host))

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("The description has the manifest's keys and leaves defaults out")
    func description() {
        let tool: JSONValue = [
            "name": "greet", "title": "Greet", "description": "Says hello.", "toolset": "talk",
            "annotations": ["read_only": true, "destructive": false, "idempotent": true, "open_world": false],
            "input_schema": .object(Name.schema.json),
        ]
        let query: JSONValue = [
            "name": "query", "description": "Asks.", "toolset": "talk",
            "annotations": ["read_only": false, "destructive": true, "idempotent": false, "open_world": true],
            "asks_first": false, "read_only_mode": "restricted", "input_schema": .object(NoInput.schema.json),
        ]
        #expect(contributions.description["tools"] == [tool, query])
        #expect(contributions.description["resources"] == [])
        #expect(contributions.description["prompts"] == [["name": "ask", "description": "Asks."]])
    }

    @Test("A tool is called with decoded arguments")
    func call() async throws {
        let answer = try await contributions.callTool(["name": "greet", "arguments": ["name": "Ada"]], Self.context)
        #expect(text(answer) == #"{"content":[{"type":"text","text":"hello Ada"}]}"#)
    }

    @Test("Arguments that cannot be decoded say where")
    func badArguments() async {
        let error = await #expect(throws: MegaraptorError.self) {
            try await contributions.callTool(["name": "greet", "arguments": ["name": 7]], Self.context)
        }
        #expect(error?.code == .invalidArgument && error?.message.contains("name") == true)
    }

    @Test("What is not offered is not found")
    func unknown() async {
        let tool = await #expect(throws: MegaraptorError.self) {
            try await contributions.callTool(["name": "nope"], Self.context)
        }
        let resource = await #expect(throws: MegaraptorError.self) {
            try await contributions.readResource(["uri": "x://y"], Self.context)
        }
        let prompt = await #expect(throws: MegaraptorError.self) {
            try await contributions.getPrompt(["name": "nope"], Self.context)
        }
        #expect([tool, resource, prompt].allSatisfy { $0?.code == .notFound })
    }

    @Test("A resource of a template is read by its address")
    func template() async throws {
        let answer = try await contributions.readResource(["uri": "s://ada"], Self.context)
        #expect(text(answer) == #"{"contents":[{"uri":"s://ada","text":"ada"}]}"#)
    }

    @Test("A prompt gets its arguments")
    func prompt() async throws {
        let answer = try await contributions.getPrompt(["name": "ask", "arguments": ["what": "why"]], Self.context)
        #expect(text(answer).contains(#""role":"user""#) && text(answer).contains("why"))
    }

    @Test("A runner gets a tool's definition and arguments, and says beforehand what is wrong with it")
    func runner() async throws {
        #expect(contributions.description["runners"] == [["name": "say", "description": "Says."]])
        let params: JSONValue = [
            "runner": "say", "definition": ["name": "t", "run": ["say": [:]]], "arguments": ["what": "hello"],
        ]
        try await contributions.checkRun(params, Self.context)
        let answer = text(try await contributions.callRun(params, Self.context))
        #expect(answer.contains(#""structuredContent":["t","hello"]"#))
        let wrong = await #expect(throws: MegaraptorError.self) {
            try await contributions.checkRun(["runner": "say", "definition": ["name": "t"]], Self.context)
        }
        #expect(wrong?.message == "Say what?")
        let unknown = await #expect(throws: MegaraptorError.self) {
            try await contributions.callRun(["runner": "shout"], Self.context)
        }
        #expect(unknown?.code == .notFound)
    }

    @Test("A completion says when there is more than it may give")
    func completion() {
        let many = Completion(values: (0..<150).map(String.init))
        #expect(many.values.count == 100 && many.hasMore)
        #expect(!Completion(values: ["a"]).hasMore)
    }
}
