// SPDX-License-Identifier: Apache-2.0

package import JSONValue
package import MegaraptorErrors

/// The schemas of one tool, as its plugin describes them.
package struct ToolSchemas: Sendable {
    private let tool: String
    private let input: JSONSchema
    private let output: JSONSchema?

    /// `nil` where the plugin describes no such tool.
    package init?(of tool: String, in description: JSONValue) throws(MegaraptorError) {
        let entry = description["tools"]?.arrayValue?.first { $0["name"]?.stringValue == tool }
        guard let entry else { return nil }
        self.tool = tool
        input = try Self.compile(entry["input_schema"] ?? [:], "input", of: tool)
        output = try entry["output_schema"].map { schema throws(MegaraptorError) in
            try Self.compile(schema, "output", of: tool)
        }
    }

    private static func compile(
        _ schema: JSONValue,
        _ side: String,
        of tool: String
    ) throws(MegaraptorError) -> JSONSchema {
        do {
            return try JSONSchema(schema)
        } catch {
            throw MegaraptorError(.failedPrecondition, "The \(side) schema of \(tool) is itself wrong: \(error).")
        }
    }

    package func check(arguments: JSONValue) throws(MegaraptorError) {
        guard let violation = input.validate(arguments).first else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The arguments do not fit the input schema of \(tool): \(violation).",
            hint:
                "A host would refuse them before the plugin sees them; send them by request(_:_:) to see what it does."
        )
    }

    package func check(_ answer: ToolAnswer) throws(MegaraptorError) {
        guard answer.json["resultType"] != "input_required" else { return }
        guard answer.json["content"]?.arrayValue != nil else {
            throw MegaraptorError(.failedPrecondition, "The answer of \(tool) has no content.")
        }
        guard let output, !answer.isError else { return }
        guard let violation = output.validate(answer.structured ?? .null).first else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The answer of \(tool) does not fit its output schema: \(violation)."
        )
    }
}
