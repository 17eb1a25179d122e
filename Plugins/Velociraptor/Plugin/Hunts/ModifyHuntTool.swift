// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

private struct ModifyHuntInput: ToolInput {
    var huntID: String
    var action: String
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case action
        case huntID = "hunt_id"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("hunt_id", .huntID),
        .required("action", .oneOf("start", "pause", "stop", "archive")),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let modifyOutput = Schema.object(
        .required("org_id", .string),
        .required("hunt_id", .string),
        .required("action", .string),
        .required("state_before", .string),
        .required("state_after", .string),
        .required("call", .string),
        .required("explanation", .string),
        .required("hunt", Schema(["type": "object"]))
    )

    var modifyHunt: Tool {
        Tool(
            ModifyHunt.name,
            title: "Modify hunt",
            description: """
                Starts, pauses or stops a hunt and tells its state before and after, read back. A stopped hunt can be \
                started again until it expires. The server ends a running hunt that is paused as STOPPED. archive is \
                refused: the server no longer does it. Collections that clients already have go on (cancel_flow).
                """,
            toolset: "respond",
            outputSchema: Self.modifyOutput
        ) { (input: ModifyHuntInput, context: CallContext) in
            guard let action = HuntAction(rawValue: input.action) else {
                throw MegaraptorError(.invalidArgument, "There is no action \(VisibleText.escape(input.action)).")
            }
            let outcome = try await ModifyHunt(
                client: client,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )(input.huntID, action)
            return outcome.result(input.organization)
        }
    }
}

extension ModifyHunt.Outcome {
    fileprivate func result(_ organization: String?) -> ToolResult {
        .escaped(
            text: "\(explanation)\n\(VisibleText.escape(JSONValue.object(after.summary).json()))",
            structured: [
                "org_id": .string(organization ?? "root"), "hunt_id": .string(after.id),
                "action": .string(action.rawValue), "state_before": .string(before.state),
                "state_after": .string(after.state), "call": .string(call), "explanation": .string(explanation),
                "hunt": .object(after.summary),
            ]
        )
    }

    var explanation: String {
        let change = "The hunt \(after.id) was \(before.state) and is \(after.state)."
        switch (action, after.state) {
        case (.pause, "STOPPED"):
            return
                "\(change) The server has no way back to PAUSED: it stopped the hunt instead. start lets it run again."
        case (.start, _):
            let count = after.count("total_clients_scheduled")
            return "\(change) \(count) clients are scheduled so far; list_hunt_flows shows them."
        default: return "\(change) No further client is taken in; collections under way go on."
        }
    }
}
