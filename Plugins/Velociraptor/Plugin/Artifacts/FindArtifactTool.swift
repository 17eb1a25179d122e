// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct FindArtifactInput: ToolInput {
    var what: String
    var system: String?
    var limit: Int?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case what, limit
        case system = "os"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required(
            "what",
            .string.with("minLength", 1).with("maxLength", 300).described("The goal in a few words.")
                .examples("usn journal", "listening ports linux", "browser history")
        ),
        .optional("os", .clientSystem),
        .optional("limit", .limit(10, most: 100)),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let foundArtifactsOutput = Schema.object(
        Schema.page("artifacts") + [
            .required("words_not_matched", .array(of: .string)),
            .required("os", .text),
            .required("org_id", .string),
        ]
    )

    var findArtifact: Tool {
        Tool(
            "find_artifact",
            title: "Find artifact",
            description: """
                Finds the artifacts for a goal in plain words, the best first, with the reasons. Knows common synonyms \
                (persistence, logins, shimcache). Says which download tools to the client and which words nothing \
                matched. Use it before collecting, instead of guessing names.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.foundArtifactsOutput
        ) { (input: FindArtifactInput, context: CallContext) in
            try await FindArtifact(client: client)(
                FindArtifact.Request(
                    what: input.what,
                    system: input.system,
                    limit: input.limit ?? 10,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
