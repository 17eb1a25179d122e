// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    /// Tools that ask the person in whatever way the client's version has.
    var elicitingTools: [Tool] {
        [
            Tool(
                "test_elicitation",
                description: "Asks the person what the message says.",
                toolset: "conformance",
                effects: .reads
            ) { (input: Message, context) in
                let response = Schema.object(open: true, .required("response", .string.described("User's response")))
                return try await Self.ask(input.message, response, context)
            },
            Self.tool("test_elicitation_sep1034_defaults", "Asks with a default for each kind of field.") { context in
                try await Self.ask("Review and update the form fields with defaults", Self.defaults, context)
            },
            Self.tool("test_elicitation_sep1330_enums", "Asks with each way of writing choices.") { context in
                try await Self.ask("Select options from the fields", Self.choices, context)
            },
            Self.tool("test_streaming_elicitation", "Asks in the middle of its work.") { context in
                context.progress(1, of: 2)
                return try await Self.ask("Go on?", .object(open: true, .required("ok", .boolean)), context)
            },
        ]
    }

    private static func ask(_ message: String, _ schema: Schema, _ context: CallContext) async throws -> ToolResult {
        let answer = try await context.elicit(message, schema: schema)
        let (action, content) = (answer["action"]?.stringValue ?? "", answer["content"] ?? [:])
        return ToolResult(text: "User response: action=\(action), content=\(content.json())")
    }

    private static var defaults: Schema {
        let status = Schema.oneOf("active", "inactive", "pending")
        return .object(
            open: true,
            .optional("name", .string.described("User name").defaulting(to: "John Doe")),
            .optional("age", .integer.described("User age").defaulting(to: 30)),
            .optional("score", .number.described("User score").defaulting(to: JSONValue(95.5))),
            .optional("status", status.described("User status").defaulting(to: "active")),
            .optional("verified", .boolean.described("Verification status").defaulting(to: true))
        )
    }

    private static var choices: Schema {
        let titled: JSONValue = [
            ["const": "value1", "title": "First Option"], ["const": "value2", "title": "Second Option"],
            ["const": "value3", "title": "Third Option"],
        ]
        return .object(
            open: true,
            .optional("untitledSingle", .oneOf("option1", "option2", "option3")),
            .optional("titledSingle", .string.with("oneOf", titled)),
            .optional("legacyEnum", .oneOf("opt1", "opt2", "opt3").with("enumNames", ["One", "Two", "Three"])),
            .optional("untitledMulti", .array(of: .oneOf("option1", "option2", "option3"))),
            .optional("titledMulti", .array(of: Schema(["anyOf": titled])))
        )
    }
}
