// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// The tools about collections.
    var flowTools: [Tool] {
        [
            collectArtifact, triageClient, getFlowStatus, listFlows, waitForFlow, getFlowLogs, listFlowUploads,
            cancelFlow,
        ]
    }

    /// A look at one flow.
    func watch(_ flow: FlowInput, _ context: CallContext) -> FlowWatch {
        FlowWatch(
            client: client,
            clientID: flow.clientID,
            flowID: flow.flowID,
            organization: flow.organization,
            timeout: context.within(.seconds(30))
        )
    }
}

/// The arguments of tools that need to know the flow and no more.
struct FlowInput: ToolInput {
    var clientID: String
    var flowID: String
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case clientID = "client_id"
        case flowID = "flow_id"
        case organization = "org_id"
    }

    static let schema = Schema.object(members)

    static let members: [Schema.Member] = [
        .required("client_id", .clientOrServer),
        .required("flow_id", .flowID),
        .optional("org_id", .organization),
    ]
}

extension Schema {
    /// What ``FlowReport`` has in every case.
    static var flow: [Member] {
        [
            .required("client_id", .string),
            .required("flow_id", .string),
            .required("state", .string),
            .required("stage", .string),
            .required("is_done", .boolean),
            .required("explanation", .string),
            .required("artifacts_with_results", .objects),
            .required("total_collected_rows", .integer),
        ]
    }

    /// How long a call waits for a collection.
    static func waitSeconds(_ standard: Int64) -> Schema {
        .integer(0...3600).defaulting(to: .integer(standard))
    }
}
