// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    private static let output = Schema.object(
        open: true,
        Schema.flow + [.required("before", Schema(["type": "object"])), .required("action", .string)]
    )

    var cancelFlow: Tool {
        Tool(
            "cancel_flow",
            title: "Cancel flow",
            description: """
                Cancels a collection (flow) that is queued or running; rows that came before are kept. Tells the state \
                before and after. A flow that is over is an error and stays untouched, an unknown one too.
                """,
            toolset: "respond",
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: true, openWorld: true),
            outputSchema: Self.output
        ) { (input: FlowInput, context: CallContext) in
            let outcome = try await CancelFlow(client: client)(
                input.clientID,
                input.flowID,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )
            var report = FlowReport(outcome.after, organization: input.organization)
            report.json["action"] = "cancelled"
            report.json["before"] = [
                "state": .string(outcome.before.state), "stage": .string(outcome.before.stage.rawValue),
            ]
            report.sentences.append("It was \(outcome.before.stage.rawValue) before.")
            return report.toolResult
        }
    }
}
