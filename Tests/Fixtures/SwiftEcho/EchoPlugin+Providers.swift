// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

extension EchoPlugin {
    static let greeterInterface = "fixture.greeter/1"

    /// Shows each thing that a provider can do.
    var providers: [Provider] {
        [
            Provider(
                "swift",
                interface: Self.greeterInterface,
                title: "Swift greeter",
                description: "Greets those whom other plugins name.",
                inputSchema: .object(.optional("name", .string.described("Whom to greet."))),
                reading: [
                    "greet": greet, "count": countUp, "ask": askBack, "wait": waitForEnd, "fail": failAsked,
                ],
                changing: ["forget": { _, _ in ["forgotten": true] }]
            )
        ]
    }

    private var greet: Provider.Operation {
        { arguments, context in
            let left = context.timeLeft.map { JSONValue.integer($0.components.seconds) }
            return [
                "text": .string("Hello, \(arguments["name"]?.stringValue ?? "nobody")!"),
                "is_read_only": .bool(context.isReadOnly), "seconds_left": left ?? .null,
            ]
        }
    }

    private var countUp: Provider.Operation {
        { _, context in
            for step in 1...3 { context.progress(Double(step), of: 3, "provider step \(step)") }
            return [:]
        }
    }

    private var askBack: Provider.Operation {
        { _, context in try await context.elicit("Who is there?", schema: .object(.required("name", .string))) }
    }

    private var waitForEnd: Provider.Operation {
        { [host] _, _ in
            host.log(.info, "the provider waits")
            do {
                try await Task.sleep(for: .seconds(600))
            } catch {
                host.log(.info, "the provider was told to stop")
                throw error
            }
            return [:]
        }
    }

    private var failAsked: Provider.Operation {
        { _, _ in throw MegaraptorError(.conflict, "Somebody was greeted already.", hint: "Greet another.") }
    }

    // MARK: - Asking

    var listProviders: Tool {
        Tool("list_providers", description: "Lists greeters.", toolset: "fixture", effects: .reads) {
            [host] (_: NoInput, _) in
            let found = try await host.providers(of: Self.greeterInterface).map { provider -> JSONValue in
                [
                    "name": .string(provider.name), "plugin": .string(provider.plugin),
                    "version": .string(provider.version), "title": provider.title.map(JSONValue.string) ?? .null,
                    "description": .string(provider.description), "input_schema": provider.inputSchema,
                ]
            }
            return ToolResult(structured: ["providers": .array(found)])
        }
    }

    var askProvider: Tool {
        Tool("ask_provider", description: "Asks a greeter.", toolset: "fixture", effects: .reads) {
            [host] (input: ProviderQuestion, context) in
            let call = ProviderCall(
                input.interface ?? Self.greeterInterface,
                input.provider,
                input.operation,
                input.arguments ?? [:],
                timeout: input.seconds.map { .seconds($0) },
                progress: .init(10, to: 20, of: 100)
            )
            let answer =
                switch input.onBehalf {
                case "nobody": try await host.call(call)
                case "detached": try await context.callDetached(call)
                default: try await context.call(call)
                }
            return ToolResult(structured: answer)
        }
    }
}

struct ProviderQuestion: ToolInput {
    var interface: String?
    var provider: String
    var operation: String
    var arguments: JSONValue?
    var seconds: Int?
    /// Of the tool's own call where nothing else is said.
    var onBehalf: String?

    private enum CodingKeys: String, CodingKey {
        case interface, provider, operation, arguments, seconds
        case onBehalf = "on_behalf"
    }

    static var schema: Schema {
        .object(
            .optional("interface", .string),
            .required("provider", .string.with("x-providers", .string(EchoPlugin.greeterInterface))),
            .required("operation", .string),
            .optional("arguments", .object(open: true)),
            .optional("seconds", .integer(0...600)),
            .optional("on_behalf", .oneOf("call", "detached", "nobody"))
        )
    }
}
