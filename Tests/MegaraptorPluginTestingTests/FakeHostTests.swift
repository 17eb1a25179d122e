// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import MegaraptorPluginTesting
import Testing

@Suite("A plugin that asks providers and keeps secrets can be tested against the fake host")
struct FakeHostTests {
    private static let interface = "example.oracle/1"

    @Test("Providers of the test are listed and asked, and what was asked can be looked at")
    func providers() async throws {
        let host = FakeHost()
        host.provide("delphi", of: Self.interface) { operation, arguments throws(MegaraptorError) in
            guard operation == "answer" else { throw MegaraptorError(.unsupported, "The oracle only answers.") }
            return ["said": .string("\(arguments["question"]?.stringValue ?? "")! \(operation)")]
        }
        let plugin = try await PluginUnderTest(Asker.self, host: host)
        let answer = try await plugin.call("ask", ["provider": "delphi", "operation": "answer"])
        #expect(answer.structured == ["known": ["delphi"], "answer": ["said": "Why! answer"]])
        #expect(
            host.askedOfProviders == [
                .init(
                    interface: Self.interface,
                    provider: "delphi",
                    operation: "answer",
                    arguments: ["question": "Why"]
                )
            ]
        )
        let refused = await #expect(throws: MegaraptorError.self) {
            try await plugin.call("ask", ["provider": "delphi", "operation": "sing"])
        }
        #expect(refused == MegaraptorError(.unsupported, "The oracle only answers."))
        let unknown = await #expect(throws: MegaraptorError.self) {
            try await plugin.call("ask", ["provider": "dodona", "operation": "answer"])
        }
        #expect(unknown?.code == .notFound && unknown?.hint.contains("delphi") == true)
    }

    @Test("A plugin's own provider is asked as another plugin would")
    func ownProvider() async throws {
        let plugin = try await PluginUnderTest(Asker.self)
        #expect(try await plugin.ask(Self.interface, "echo", "repeat", ["a": 1]) == ["a": 1])
        let unknown = await #expect(throws: MegaraptorError.self) {
            try await plugin.ask(Self.interface, "echo", "sing")
        }
        #expect(unknown?.code == .unsupported)
        let nobody = await #expect(throws: MegaraptorError.self) { try await plugin.ask(Self.interface, "x", "repeat") }
        #expect(nobody?.code == .notFound)
    }

    @Test("What a plugin keeps can be looked at, used, listed and removed, and is replaced only when it says so")
    func secrets() async throws {
        let host = FakeHost(secrets: ["given": "by the test"])
        let plugin = try await PluginUnderTest(Asker.self, host: host)
        func keep(_ what: String, _ name: String = "key", _ value: String = "one") async throws -> String {
            try await plugin.call(
                "keep",
                ["what": .string(what), "name": .string(name), "value": .string(value)]
            ).text
        }
        _ = try await keep("put")
        #expect(host.keptSecrets["key"]?.text == "one" && host.keptSecrets["key"]?.type == "token")
        let conflict = await #expect(throws: MegaraptorError.self) { try await keep("put", "key", "two") }
        #expect(conflict?.code == .conflict && host.keptSecrets["key"]?.text == "one")
        _ = try await keep("replace", "key", "two")
        #expect(try await keep("use") == "two")
        #expect(try await keep("list") == "given text, key token")
        _ = try await keep("delete")
        #expect(host.keptSecrets.keys.sorted() == ["given"])
        let gone = await #expect(throws: MegaraptorError.self) { try await keep("delete") }
        #expect(gone?.code == .notFound)
    }
}

/// Asks an oracle, and keeps what it is told.
private struct Asker: Plugin {
    static let identity = PluginIdentity(id: "org.example.asker", version: "1.0.0")

    let host: HostServices

    init(host: HostServices) { self.host = host }

    var providers: [Provider] {
        [
            Provider(
                "echo",
                interface: "example.oracle/1",
                description: "Repeats.",
                reading: ["repeat": { arguments, _ in arguments }],
                changing: [:]
            )
        ]
    }

    var tools: [Tool] {
        [
            Tool("ask", description: "Asks.", toolset: "sample", effects: .reads) { (input: Question, context) in
                let known = try await context.host.providers(of: "example.oracle/1").map { JSONValue.string($0.name) }
                let answer = try await context.call(
                    ProviderCall("example.oracle/1", input.provider, input.operation, ["question": "Why"])
                )
                return ToolResult(structured: ["known": .array(known), "answer": answer])
            },
            Tool("keep", description: "Keeps.", toolset: "sample") { (input: Keeping, context) in
                ToolResult(text: try await keep(input, context.host))
            },
        ]
    }

    private func keep(_ input: Keeping, _ host: HostServices) async throws -> String {
        switch input.what {
        case "put", "replace":
            let isReplacing = input.what == "replace"
            try await host.keep(secret: input.name, type: "token", Array(input.value.utf8), replacing: isReplacing)
        case "delete": try await host.remove(secret: input.name)
        case "use": return try await host.secret(input.name).text
        default:
            return try await host.keptSecrets().map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        }
        return "done"
    }
}

private struct Question: ToolInput {
    var provider: String
    var operation: String
    static var schema: Schema { .object(.required("provider", .string), .required("operation", .string)) }
}

private struct Keeping: ToolInput {
    var what: String
    var name: String
    var value: String
    static var schema: Schema {
        .object(.required("what", .string), .required("name", .string), .required("value", .string))
    }
}
