// SPDX-License-Identifier: Apache-2.0

public import CMegaraptorABI
internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// A plugin for tests and benchmarks: each tool shows one thing that plugins can do.
struct EchoPlugin: Plugin {
    static let identity = PluginIdentity(id: "org.megaraptor.fixture.swift", version: "1.0.0")

    let host: HostServices

    init(host: HostServices) {
        self.host = host
    }

    var tools: [Tool] {
        [
            echo, wait, linger, count, fail, erase, remember, ask, chatter, services, leak, listProviders, askProvider,
            keep,
        ]
    }

    var resources: [Resource] {
        [
            Resource("fixture://news", name: "news", description: "Changes as soon as somebody listens.") { uri, _ in
                [ResourceContents(uri: uri, text: "news")]
            }
        ]
    }

    func subscribe(_ uri: String) async throws(MegaraptorError) {
        try await host.resourceUpdated(uri)
    }

    func unsubscribe(_ uri: String) async throws(MegaraptorError) {
        host.log(.info, "nobody listens to \(uri)")
    }

    /// The setting `health` says what is to be seen of a plugin's state.
    func health(context: CallContext) async throws -> [HealthCheck] {
        switch try await host.config()["health"]?.stringValue {
        case "hangs":
            try await Task.sleep(for: .seconds(600))
            return []
        case "fails": throw MegaraptorError(.unavailable, "The thermometer is broken.", hint: "Buy another.")
        case "broken":
            return [
                HealthCheck("fixture.fever", .broken, "The fixture has a fever\u{1B}[31m.", fix: "Let it rest."),
                HealthCheck("fixture.pulse", .warning, "The pulse is high."),
                HealthCheck("fixture.age", .unknown, "The age is a secret."),
            ]
        default: return [HealthCheck("fixture.fever", .ok, "The fixture is well.")]
        }
    }

    private var echo: Tool {
        Tool("swift_echo", description: "Gives its text back.", toolset: "fixture", effects: .reads) {
            (input: Text, _) in Text(text: input.text)
        }
    }

    private var wait: Tool {
        Tool("wait", description: "Waits until it is cancelled.", toolset: "fixture", effects: .reads) {
            (_: NoInput, _) in
            try await Task.sleep(for: .seconds(600))
            return ToolResult(text: "nobody cancelled")
        }
    }

    private var linger: Tool {
        Tool("linger", description: "Answers after a while.", toolset: "fixture", effects: .reads) {
            (input: Pause, _) in
            try await Task.sleep(for: .milliseconds(input.milliseconds))
            return ToolResult(text: "waited")
        }
    }

    private var count: Tool {
        Tool("count", description: "Counts to a number and tells its progress.", toolset: "fixture", effects: .reads) {
            (input: Count, context) in
            for step in 1...input.to {
                context.progress(Double(step), of: Double(input.to), "step \(step)")
                await Task.yield()
            }
            return ToolResult(text: "\(input.to)")
        }
    }

    private var fail: Tool {
        Tool("fail", description: "Fails.", toolset: "fixture", effects: .reads) { (input: Text, _) -> ToolResult in
            throw MegaraptorError(.unavailable, input.text, hint: "Try later.", retryable: true)
        }
    }

    private var erase: Tool {
        Tool("erase", description: "Pretends to erase something.", toolset: "fixture") { (input: Text, _) in
            ToolResult(text: "erased \(input.text)")
        }
    }

    private var remember: Tool {
        Tool(
            "remember",
            description: "Gives back what it was told the last time.",
            toolset: "fixture",
            effects: .init(readOnly: false, destructive: false)
        ) { [host] (input: Text, _) in
            let last = try await host.state("text")
            try await host.putState("text", .string(input.text))
            return ToolResult(text: last?.stringValue ?? "nothing yet")
        }
    }

    private var ask: Tool {
        Tool("ask", description: "Asks the person a question.", toolset: "fixture", effects: .reads) {
            (input: Text, context) in
            let answer = try await context.elicit(input.text, schema: .object(.required("name", .string)))
            return ToolResult(text: answer.json())
        }
    }

    private var chatter: Tool {
        Tool("chatter", description: "Prints to standard output.", toolset: "fixture", effects: .reads) {
            (input: Text, _) in
            print(input.text)
            return ToolResult(text: "printed")
        }
    }

    private var services: Tool {
        Tool("services", description: "Shows what the host says.", toolset: "fixture", effects: .reads) {
            [host] (_: NoInput, context) in
            context.host.log(.info, "asked for services")
            return ToolResult(
                structured: [
                    "config": try await host.config(),
                    "paths": try await host.paths(),
                    "clock": try await host.request("clock"),
                    "has_deadline": .bool(context.deadline != nil),
                    "is_read_only": .bool(context.isReadOnly),
                    "confirmation": .string(context.confirmation.rawValue),
                    "result_bytes": JSONValue(context.resultBytes),
                ]
            )
        }
    }
}

extension EchoPlugin {
    /// Says a secret in every way that a plugin has.
    private var leak: Tool {
        Tool("leak", description: "Gives a secret away.", toolset: "fixture", effects: .reads) {
            [host] (input: Leak, context) in
            let secret = try await context.secret(input.secret)
            let value = try secret.text
            switch input.through {
            case "log": host.log(.warning, "the secret is \(value)")
            case "progress": context.progress(1, of: 2, "using \(value)")
            case "error":
                throw MegaraptorError(
                    .unavailable,
                    "\(value) failed",
                    hint: "not \(value)",
                    cause: value,
                    details: [value: .string(value)]
                )
            case "question":
                _ = try await context.elicit("Is \(value) right?", schema: .object(.required(value, .string)))
            case "state": try await host.putState("kept", ["deep": [.string("x\(value)")]])
            case "structured":
                return ToolResult(structured: ["\(value)": .string(value), "length": JSONValue(value.utf8.count)])
            case "base64": return ToolResult(text: "Authorization: Basic \(Base64.encode(Array("user:\(value)".utf8)))")
            case "hexadecimal": return ToolResult(text: Hexadecimal.encode(secret.bytes))
            case "description": return ToolResult(text: "\(secret) \(secret.type)")
            default: return ToolResult(text: "before \(value) after")
            }
            return ToolResult(text: "said")
        }
    }
}

struct Leak: ToolInput {
    var secret: String
    var through: String
    static var schema: Schema { .object(.required("secret", .string), .required("through", .string)) }
}

struct Text: ToolInput, ToolOutput {
    var text: String
    static var schema: Schema { .object(.required("text", .string)) }
}

struct Pause: ToolInput {
    var milliseconds: Int
    static var schema: Schema { .object(.required("milliseconds", .integer(0...60000))) }
}

struct Count: ToolInput {
    var to: Int
    static var schema: Schema { .object(.required("to", .integer(1...1000))) }
}

// The contract gives the name.
// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func megaraptor_plugin_v1(
    _ host: UnsafePointer<mr_host>?,
    _ out: UnsafeMutablePointer<mr_plugin>?
) -> Int32 {
    PluginEntry.open(EchoPlugin.self, host, out)
}
