// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Looks at a collection, once or until it is done.
struct FlowWatch: Sendable {
    /// How a wait ended.
    struct Outcome: Sendable {
        var state: FlowState
        /// How long it took.
        var elapsed: Duration
        /// Whether the flow was still open when the time was up.
        var isTimeUp: Bool { !state.isDone }
    }

    let client: VelociraptorClient
    let clientID: String
    let flowID: String
    var organization: String?
    /// For a single look at the server.
    var timeout: Duration = .seconds(30)
    var sleep: RetryPolicy.Sleep = { try await Task.sleep(for: $0) }

    /// The pause between two looks grows from the first to the second.
    private static let pauses: ClosedRange<Duration> = .milliseconds(200) ... .seconds(2)

    /// The state now.
    ///
    /// - Throws: `not_found` for a flow or a client that the server does not know.
    func state() async throws(MegaraptorError) -> FlowState {
        try await state(within: timeout)
    }

    /// Looks until the flow is done or the time is up, which is no error. At least once, also for no time at all.
    ///
    /// Cancelling the task ends it at once; the flow itself goes on.
    /// - Parameter report: told after each look, with the time since the wait began.
    func wait(
        for limit: Duration,
        report: (FlowState, Duration) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> Outcome {
        let start = ContinuousClock.now
        var pause = Self.pauses.lowerBound
        while true {
            let left = limit - (ContinuousClock.now - start)
            let state = try await state(within: min(timeout, max(.seconds(5), left)))
            let elapsed = ContinuousClock.now - start
            report(state, elapsed)
            guard !state.isDone, elapsed < limit else { return Outcome(state: state, elapsed: elapsed) }
            try await rest(min(pause, limit - elapsed))
            pause = min(pause * 1.5, Self.pauses.upperBound)
        }
    }

    /// Where the flow's client is; `nil` for the server itself.
    func presence() async throws(MegaraptorError) -> ClientPresence? {
        guard clientID != "server" else { return nil }
        do throws(MegaraptorError) {
            return ClientPresence(
                try await GetClientInfo(client: client)(clientID, organization: organization, timeout: timeout)
            )
        } catch {
            guard error.code == .notFound else { throw error }
            return .unregistered
        }
    }

    private func state(within timeout: Duration) async throws(MegaraptorError) -> FlowState {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT * FROM flows(client_id=ClientId, flow_id=FlowId)",
                [VQLQuery.Variable("ClientId", clientID), VQLQuery.Variable("FlowId", flowID)],
                effect: .reads,
                organization: organization,
                timeout: timeout,
                rowsPerMessage: 1
            )
        )
        guard let row = rows.values.first(where: { $0["session_id"]?.stringValue == flowID }) else { throw unknown }
        return FlowState(row: row)
    }

    private var unknown: MegaraptorError {
        MegaraptorError(
            .notFound,
            """
            There is no flow \(VisibleText.escape(flowID)) of \(VisibleText.escape(clientID)) in organisation \
            \(organization ?? "root").
            """,
            hint: "list_flows shows the flows of a client; a flow belongs to one client only."
        )
    }

    private func rest(_ pause: Duration) async throws(MegaraptorError) {
        do {
            try await sleep(pause)
        } catch {
            throw MegaraptorError(
                .cancelled,
                "The call was cancelled.",
                hint: "The flow \(flowID) of \(clientID) goes on; cancel_flow ends it."
            )
        }
    }
}
