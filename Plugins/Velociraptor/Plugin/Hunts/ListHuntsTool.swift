// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListHuntsInput: ToolInput {
    var state: String?
    var search: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case state, search, limit, cursor
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .optional("state", .oneOf("RUNNING", "PAUSED", "STOPPED", "ARCHIVED")),
        .optional("search", .string.with("maxLength", 1000).described("Part of the description.")),
        .optional("limit", .limit(50)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let huntsOutput = Schema.object(
        Schema.page("hunts") + [.required("searched", Schema(["type": "object"]))]
    )

    var listHunts: Tool {
        Tool(
            ListHunts.name,
            title: "List hunts",
            description: """
                Lists hunts, newest first: id, description, state, whether expired, artifacts, condition, times, and \
                how many clients were scheduled, finished, had results or errors. There is no state for a completed \
                hunt: it runs until it expires or is stopped.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.huntsOutput
        ) { (input: ListHuntsInput, context: CallContext) in
            try await ListHunts(client: client)(
                ListHunts.Request(
                    state: input.state,
                    search: input.search,
                    limit: input.limit ?? 50,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
