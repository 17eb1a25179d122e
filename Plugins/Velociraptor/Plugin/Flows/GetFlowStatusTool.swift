// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    private static let output = Schema.object(open: true, Schema.flow)

    var getFlowStatus: Tool {
        Tool(
            "get_flow_status",
            title: "Get flow status",
            description: """
                Tells how far one collection (flow) has come: stage in plain words beside the server's state, why it \
                failed, when the client was last seen while it is queued, sources with row counts. A failed or \
                cancelled flow may have results. *_time are µs since 1970, execution_duration ns. wait_for_flow waits.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.output
        ) { (input: FlowInput, context: CallContext) in
            try await FlowStatus(watch: watch(input, context))().toolResult
        }
    }
}
