// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

private struct CollectArtifactInput: ToolInput {
    var clientID: String
    var artifacts: [String]
    var parameters: [String: JSONValue]?
    var timeout: Int?
    var urgent: Bool?
    var cpuLimit: Int?
    var maxRows: Int?
    var maxBytes: Int?
    var waitSeconds: Int?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case artifacts, parameters, timeout, urgent
        case clientID = "client_id"
        case cpuLimit = "cpu_limit"
        case maxRows = "max_rows"
        case maxBytes = "max_bytes"
        case waitSeconds = "wait_seconds"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("client_id", .clientOrServer),
        .required("artifacts", .array(of: .artifactName).with("minItems", 1).with("maxItems", 50)),
        .optional(
            "parameters",
            Schema(["type": "object", "additionalProperties": ["type": "object"]])
                .described("{artifact: {parameter: value}}; get_artifact names them.")
                .examples(["Linux.Sys.Pslist": ["processRegex": "ssh"]])
        ),
        .optional("timeout", .integer(1...604_800).defaulting(to: 600).described("Seconds of work.")),
        .optional("urgent", .boolean.described("Ahead of the client's queue.")),
        .optional("cpu_limit", .integer(1...100).described("Percent.")),
        .optional("max_rows", .integer(1...1_000_000_000)),
        .optional("max_bytes", .integer(1...(1 << 50)).described("Of uploads.")),
        .optional("wait_seconds", .integer(0...3600).described("Wait so long for the end.")),
        .optional("org_id", .organization)
    )

    var request: CollectionRequest {
        CollectionRequest(
            clientID: clientID,
            artifacts: artifacts,
            parameters: JSONObject((parameters ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            seconds: timeout ?? 600,
            isUrgent: urgent ?? false,
            cpuLimit: cpuLimit,
            maxRows: maxRows,
            maxBytes: maxBytes,
            organization: organization
        )
    }
}

extension VelociraptorPlugin {
    /// What starting a collection answers.
    static let collectionOutput = Schema.object(
        open: true,
        .required("status", .string),
        .required("client_id", .string),
        .required("flow_id", .string),
        .required("artifacts", .array(of: .string)),
        .required("parameters", Schema(["type": "object"])),
        .required("notes", .array(of: .string)),
        .required("flow", .nullable(Schema(["type": "object"])))
    )

    /// A collection makes the endpoint work and leaves a record on the server; each call starts another one.
    static let collectionEffects = Tool.Effects(
        readOnly: false,
        destructive: false,
        idempotent: false,
        openWorld: true
    )

    var collectArtifact: Tool {
        Tool(
            "collect_artifact",
            title: "Collect artifacts",
            description: """
                Starts one collection (flow) of one or more artifacts on a client, or on the server, and gives its \
                flow_id. An offline client is no error: the work is queued. Unknown clients, artifacts and parameters \
                are refused before anything is sent. Never sent twice. The person may be asked before artifacts that change \
                something. For the usual first look use triage_client.
                """,
            toolset: "respond",
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: true),
            asksFirst: false,
            outputSchema: Self.collectionOutput
        ) { (input: CollectArtifactInput, context: CallContext) in
            let wait = input.waitSeconds.map { context.within(.seconds($0)) }
            let collect = CollectArtifact(
                client: client,
                timeout: context.within(.seconds(30)),
                consent: { (question) async throws(MegaraptorError) in try await context.consent(to: question) }
            )
            return try await collect(
                input.request,
                wait: wait,
                report: context.reportProgress(of: wait)
            ).toolResult
        }
    }
}
