// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

/// The arguments that both tools about results have.
private struct EvidenceArguments: Decodable, Sendable {
    var artifact: String?
    var fields: [String]?
    var condition: String?
    var startRow: Int?
    var limit: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case artifact, fields
        case condition = "where"
        case startRow = "start_row"
        case limit, cursor
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let members: [Schema.Member] = [
        .optional(
            "artifact",
            .string(pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*(/[^/]{1,100})?$")
                .described("Artifact, or Artifact/Source. Left out: lists the sources; a single one is returned.")
                .examples("Generic.Client.Info/BasicInformation")
        ),
        .optional(
            "fields",
            .array(of: .string).with("maxItems", 100).described("Columns to return, such as Name or Hash.SHA256.")
        ),
        .optional(
            "where",
            .string.with("minLength", 1).with("maxLength", 4000).described(
                "VQL condition on columns, e.g. Name =~ 'edge' AND Pid > 4. OR binds tighter than AND."
            )
        ),
        .optional("start_row", .integer.with("minimum", 0).described("The number of the first row wanted.")),
        .optional("limit", .limit(1000)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes),
    ]

    func request(_ context: CallContext) -> EvidenceReader.Request {
        EvidenceReader.Request(
            artifact: artifact,
            fields: fields ?? [],
            condition: condition,
            startRow: startRow ?? 0,
            limit: limit ?? 1000,
            cursor: cursor,
            organization: organization,
            timeout: context.within(.seconds(60))
        )
    }
}

private struct FlowResultsInput: ToolInput {
    let clientID: String
    let flowID: String
    let arguments: EvidenceArguments

    private enum CodingKeys: String, CodingKey {
        case clientID = "client_id"
        case flowID = "flow_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        clientID = try container.decode(String.self, forKey: .clientID)
        flowID = try container.decode(String.self, forKey: .flowID)
        arguments = try EvidenceArguments(from: decoder)
    }

    static let schema = Schema.object(
        [.required("client_id", .clientOrServer), .required("flow_id", .flowID)] + EvidenceArguments.members
    )
}

private struct HuntResultsInput: ToolInput {
    let huntID: String
    let clientID: String?
    let arguments: EvidenceArguments

    private enum CodingKeys: String, CodingKey {
        case huntID = "hunt_id"
        case clientID = "client_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        huntID = try container.decode(String.self, forKey: .huntID)
        clientID = try container.decodeIfPresent(String.self, forKey: .clientID)
        arguments = try EvidenceArguments(from: decoder)
    }

    static let schema = Schema.object(
        [
            .required("hunt_id", .huntID),
            .optional("client_id", .clientID.described("Only this client's rows.")),
        ] + EvidenceArguments.members
    )
}

extension Schema {
    fileprivate static var evidence: Schema {
        .object(
            open: true,
            page() + [.required("artifact", .text), .required("sources", .objects), .required("state", .string)]
        )
    }
}

extension VelociraptorPlugin {
    var evidenceTools: [Tool] { [getFlowResults, getHuntResults] }

    private var getFlowResults: Tool {
        Tool(
            GetFlowResults.name,
            title: "Get flow results",
            description: """
                Returns the rows that a collection (flow) brought from a client, each numbered in _row, with the flow's \
                state. Without artifact it lists the sources with row counts. Filter with where rather than reading \
                everything. No rows from an unfinished flow mean nothing: use wait_for_flow.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: .evidence
        ) { (input: FlowResultsInput, context: CallContext) in
            try await GetFlowResults(client: client)(
                input.clientID,
                input.flowID,
                input.arguments.request(context)
            ).toolResult(context.budget(input.arguments.resultBytes))
        }
    }

    private var getHuntResults: Tool {
        Tool(
            GetHuntResults.name,
            title: "Get hunt results",
            description: """
                Returns the rows that a hunt brought from its clients (ClientId, Fqdn and FlowId in each row), numbered \
                in _row, with the hunt's state and how many clients answered. Without artifact it lists the sources \
                with row counts. A client without rows may simply not have answered yet: see list_hunt_flows.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: .evidence
        ) { (input: HuntResultsInput, context: CallContext) in
            try await GetHuntResults(client: client)(
                input.huntID,
                client: input.clientID,
                input.arguments.request(context)
            ).toolResult(context.budget(input.arguments.resultBytes))
        }
    }
}
