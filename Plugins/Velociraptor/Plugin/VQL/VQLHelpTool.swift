// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct VQLHelpInput: ToolInput {
    var topic: String?
    var name: String?
    var search: String?
    var limit: Int?
    var cursor: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case topic, name, search, limit, cursor
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .optional("topic", .oneOf("syntax", "plugins", "functions", "examples")),
        .optional(
            "name",
            .string.with("maxLength", 100).described("A plugin, function or keyword.").examples("glob", "GROUP BY")
        ),
        .optional("search", .string.with("maxLength", 200).described("Words; each must occur in name or description.")),
        .optional("limit", .limit(100, most: 1000)),
        .optional("cursor", .cursor),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    /// What helps to write VQL that does what is meant.
    var vqlHelpTools: [Tool] { [vqlHelp, validateVQL] }

    private static let helpOutput = Schema.object(
        Schema.page("entries") + [.required("source", .string)]
    )

    private var vqlHelp: Tool {
        Tool(
            VQLHelp.toolName,
            title: "VQL help",
            description: """
                Explains VQL: topic syntax (read it before writing VQL, it is not SQL), plugins, functions or examples \
                that run; or name for the arguments and permissions of one plugin or function of the connected server; \
                or search for words in their descriptions.
                """,
            toolset: "workbench",
            effects: .reads,
            outputSchema: Self.helpOutput
        ) { (input: VQLHelpInput, context: CallContext) in
            try await VQLHelp(catalog: help)(
                VQLHelp.Request(
                    topic: input.topic,
                    name: input.name,
                    search: input.search,
                    limit: input.limit ?? 100,
                    cursor: input.cursor,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
