// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Tells how far a collection has come.
struct FlowStatus: Sendable {
    let watch: FlowWatch

    func callAsFunction() async throws(MegaraptorError) -> FlowReport {
        try await report(of: try await watch.state())
    }

    /// Waits for the flow's end, or for as long as `limit`, and tells how to go on where that was not enough.
    func wait(
        for limit: Duration,
        report: (FlowState, Duration) -> Void
    ) async throws(MegaraptorError) -> FlowReport {
        let outcome = try await watch.wait(for: limit, report: report)
        var told = try await self.report(of: outcome.state)
        told.addWait(outcome)
        return told
    }

    /// Where a client has not begun, when it was last seen says more than the state.
    func report(of state: FlowState) async throws(MegaraptorError) -> FlowReport {
        let presence = state.isPending ? try await watch.presence() : nil
        return FlowReport(state, organization: watch.organization, presence: presence)
    }
}
