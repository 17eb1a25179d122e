// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

private struct WaitForFlowInput: ToolInput {
    var flow: FlowInput
    var waitSeconds: Int?

    private enum CodingKeys: String, CodingKey {
        case waitSeconds = "wait_seconds"
    }

    init(from decoder: any Decoder) throws {
        flow = try FlowInput(from: decoder)
        waitSeconds = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Int.self, forKey: .waitSeconds)
    }

    static let schema = Schema.object(FlowInput.members + [.optional("wait_seconds", .waitSeconds(60))])
}

extension VelociraptorPlugin {
    private static let output = Schema.object(
        open: true,
        Schema.flow + [.required("waited_seconds", .number), .required("timed_out", .boolean)]
    )

    var waitForFlow: Tool {
        Tool(
            "wait_for_flow",
            title: "Wait for flow",
            description: """
                Waits until a collection (flow) is done, with progress, and tells its state and sources with row \
                counts. When wait_seconds or the host's own limit for a call are over it answers with the state so \
                far: no error, and the flow goes on. Then call it again.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.output
        ) { (input: WaitForFlowInput, context: CallContext) in
            let limit = context.within(.seconds(input.waitSeconds ?? 60))
            return try await FlowStatus(watch: watch(input.flow, context))
                .wait(for: limit, report: context.reportProgress(of: limit)).toolResult
        }
    }
}
