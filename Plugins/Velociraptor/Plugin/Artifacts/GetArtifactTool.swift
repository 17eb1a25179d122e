// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct GetArtifactInput: ToolInput {
    var name: String
    var includesVQL: Bool?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case name = "artifact_name"
        case includesVQL = "include_vql"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required("artifact_name", .artifactName),
        .optional("include_vql", .boolean.defaulting(to: false).described("Also the VQL of the sources.")),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let artifactOutput = Schema.object(
        open: true,
        .required("name", .string),
        .required("type", .string),
        .required("description", .text),
        .required("os", .array(of: .string)),
        .required("parameters", .objects),
        .required("sources", .objects),
        .required("result_names", .array(of: .string)),
        .required("required_permissions", .nullable(.array(of: .string))),
        .required("tools", .array(of: .string)),
        .required("shortened", .array(of: .string))
    )

    var getArtifact: Tool {
        Tool(
            "get_artifact",
            title: "Get artifact",
            description: """
                Describes one artifact before it is collected: parameters with types, defaults and choices, sources \
                and the names of their results, OS, permissions, tools, aliases. An unknown name is an error that \
                names what was probably meant.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.artifactOutput
        ) { (input: GetArtifactInput, context: CallContext) in
            try await GetArtifact(client: client)(
                GetArtifact.Request(
                    name: input.name,
                    includesVQL: input.includesVQL ?? false,
                    organization: input.organization,
                    timeout: context.within(.seconds(30))
                )
            ).toolResult(context.budget(input.resultBytes))
        }
    }
}
