// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListArtifactsInput: ToolInput {
    var search: String?
    var type: String?
    var system: String?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case search, limit, cursor
        case type = "artifact_type"
        case system = "os"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .optional("search", .string.with("maxLength", 200).described("Words; each must occur in name or description.")),
        .optional(
            "artifact_type",
            .string.with("maxLength", 20).described("client, server, client_event, server_event, internal or notebook.")
        ),
        .optional("os", .clientSystem),
        .optional("limit", .limit(100, most: 1000)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension Schema {
    /// The system of clients. Written in any case; checked by the tool.
    static var clientSystem: Schema {
        .string.with("maxLength", 20).described("windows, linux or darwin: only what runs on such clients.")
    }
}

extension VelociraptorPlugin {
    /// What is known of artifacts before they are collected.
    var artifactTools: [Tool] { [listArtifacts, getArtifact, findArtifact] }

    private static let artifactListOutput = Schema.object(
        Schema.page("artifacts") + [.required("searched", Schema(["type": "object"]))]
    )

    private var listArtifacts: Tool {
        Tool(
            ListArtifacts.name,
            title: "List artifacts",
            description: """
                Lists the artifacts (ready-made collections) of the server: name, type, first sentence of the \
                description, OS, whether there are parameters, tools to download. With search the best match first. \
                For a goal in plain words use find_artifact, for all of one artifact get_artifact.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.artifactListOutput
        ) { (input: ListArtifactsInput, context: CallContext) in
            try await ListArtifacts(client: client)(
                ListArtifacts.Request(
                    search: input.search,
                    type: input.type,
                    system: input.system,
                    limit: input.limit ?? 100,
                    cursor: input.cursor,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
