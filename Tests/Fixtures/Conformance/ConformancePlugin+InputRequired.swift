// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    /// Tools that answer with questions of their own making, by their names in the suite.
    var inputRequiredTools: [Tool] {
        [
            Self.tool("test_input_required_result_elicitation", "Asks for a name.") { context in
                guard let name = context.accepted("user_name", "name")?.stringValue else {
                    return InputRequest.result(["user_name": InputRequest.form("What is your name?", "name")])
                }
                return ToolResult(text: "Hello, \(name)!")
            },
            Self.tool("test_input_required_result_sampling", "Asks the client's model.", answer: Self.capital),
            Self.tool("test_input_required_result_list_roots", "Asks for the client's roots.") { context in
                guard let roots = context.inputResponses?["client_roots"]?["roots"]?.arrayValue else {
                    return InputRequest.result(["client_roots": InputRequest.roots])
                }
                let addresses = roots.compactMap { $0["uri"]?.stringValue }
                return ToolResult(text: "The roots are: \(addresses.joined(separator: ", "))")
            },
            Self.tool("test_input_required_result_request_state", "Asks, and wants its state back.") { context in
                guard context.requestState == "confirming", context.accepted("confirm", "ok") != nil else {
                    return Self.confirmation
                }
                return ToolResult(text: "state-ok")
            },
            Self.tool("test_input_required_result_tampered_state", "Asks with a state that must not change.") {
                context in
                context.requestState == "confirming" ? ToolResult(text: "untouched") : Self.confirmation
            },
            Self.tool("test_input_required_result_multiple_inputs", "Asks three things at once.", answer: Self.three),
            Self.tool("test_input_required_result_multi_round", "Asks twice.", answer: Self.twoRounds),
            Self.tool("test_input_required_result_capabilities", "Asks only what the client can answer.") { context in
                guard context.isAskedByResult else { return try await Self.capital(context) }
                guard let name = context.accepted("user_name", "name")?.stringValue else {
                    return InputRequest.result(["user_name": InputRequest.form("What is your name?", "name")])
                }
                return ToolResult(text: "Hello, \(name)!")
            },
            Self.tool("test_missing_capability", "Needs a client with a model.", answer: Self.capital),
        ]
    }

    private static let confirmation = InputRequest.result(
        ["confirm": InputRequest.form("Please confirm", "ok", "boolean")],
        state: "confirming"
    )

    @Sendable private static func capital(_ context: CallContext) async throws -> ToolResult {
        guard let text = context.inputResponses?["capital_question"]?["content"]?["text"]?.stringValue else {
            return InputRequest.result([
                "capital_question": InputRequest.sample("What is the capital of France?", 100)
            ])
        }
        return ToolResult(text: text)
    }

    @Sendable private static func three(_ context: CallContext) async throws -> ToolResult {
        guard let name = context.accepted("user_name", "name")?.stringValue,
            let greeting = context.inputResponses?["greeting"]?["content"]?["text"]?.stringValue,
            let roots = context.inputResponses?["client_roots"]?["roots"]?.arrayValue
        else {
            return InputRequest.result(
                [
                    "user_name": InputRequest.form("What is your name?", "name"),
                    "greeting": InputRequest.sample("Generate a greeting", 50), "client_roots": InputRequest.roots,
                ],
                state: "three"
            )
        }
        return ToolResult(text: "\(greeting) \(name) has \(roots.count) roots.")
    }

    @Sendable private static func twoRounds(_ context: CallContext) async throws -> ToolResult {
        if let name = context.requestState, name != "first", let color = context.accepted("step2", "color")?.stringValue
        {
            return ToolResult(text: "\(name) likes \(color).")
        }
        if let name = context.accepted("step1", "name")?.stringValue {
            let question = InputRequest.form("Step 2: What is your favorite color?", "color")
            return InputRequest.result(["step2": question], state: name)
        }
        return InputRequest.result(["step1": InputRequest.form("Step 1: What is your name?", "name")], state: "first")
    }
}
