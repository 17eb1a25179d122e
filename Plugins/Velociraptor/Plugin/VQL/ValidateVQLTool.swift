// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit
internal import VQL
internal import VQLChecks

private struct ValidateVQLInput: ToolInput {
    var query: String
    var env: [String]?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case query, env
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required("query", .string.with("minLength", 1).with("maxLength", 200_000)),
        .optional("env", .array(of: .string).described("Names of the values that run_vql gets in env.")),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let validationOutput = Schema.object(
        .required("valid", .boolean),
        .required("findings", .objects),
        .required("findings_left_out", .integer),
        .required("effect", .text),
        .required("effects", .array(of: .string)),
        .required("permissions", .objects)
    )

    var validateVQL: Tool {
        Tool(
            "validate_vql",
            title: "Validate VQL",
            description: """
                Checks VQL without running it: syntax with the place of an error, unknown plugins, functions and \
                arguments, and what VQL silently reads differently from how it looks. Tells what the query would read \
                or change and which permissions it can need. Nothing is sent to the server. Use it before run_vql.
                """,
            toolset: "workbench",
            effects: .reads,
            outputSchema: Self.validationOutput
        ) { (input: ValidateVQLInput, context: CallContext) in
            VQLReport(VQLCheck(input.query, environment: input.env ?? [])).toolResult(context.budget(input.resultBytes))
        }
    }
}
