// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Ends a collection that is under way.
///
/// The server's `cancel_flow()` never fails: it takes unknown flows, and it turns a finished one into an error. So the
/// state is read first, and afterwards again.
struct CancelFlow: Sendable {
    /// What was, and what is.
    struct Outcome: Sendable {
        var before: FlowState
        var after: FlowState
    }

    let client: VelociraptorClient

    func callAsFunction(
        _ clientID: String,
        _ flowID: String,
        organization: String? = nil,
        timeout: Duration = .seconds(30)
    ) async throws(MegaraptorError) -> Outcome {
        let watch = FlowWatch(
            client: client,
            clientID: clientID,
            flowID: flowID,
            organization: organization,
            timeout: timeout
        )
        let before = try await watch.state()
        guard !before.isDone else { throw Self.done(before) }
        _ = try await client.rows(
            VQLQuery(
                "SELECT cancel_flow(client_id=ClientId, flow_id=FlowId) AS cancelled FROM scope()",
                [VQLQuery.Variable("ClientId", clientID), VQLQuery.Variable("FlowId", flowID)],
                effect: .mayChange,
                organization: organization,
                timeout: timeout
            )
        )
        let after = try await Self.afterwards(watch)
        guard after.isDone else {
            throw MegaraptorError(
                .failedPrecondition,
                "The server took the request to cancel \(flowID), but the flow is still \(after.stage.rawValue).",
                hint: "get_flow_status shows whether it ended meanwhile.",
                details: Self.ids(after)
            )
        }
        return Outcome(before: before, after: after)
    }

    private static func afterwards(_ watch: FlowWatch) async throws(MegaraptorError) -> FlowState {
        do throws(MegaraptorError) {
            return try await watch.state()
        } catch {
            var error = error
            error.retryable = false
            error.hint = "The request to cancel \(watch.flowID) was sent; its effect could not be read. \(error.hint)"
            throw error
        }
    }

    private static func done(_ state: FlowState) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "Flow \(state.flowID) is over already: it is \(state.stage.rawValue). Nothing was sent.",
            hint: """
                There is nothing left to cancel. Cancelling it all the same would turn it into an error on the server. \
                get_flow_results has its \(state.rowCount) rows.
                """,
            details: ids(state)
        )
    }

    private static func ids(_ state: FlowState) -> JSONObject {
        [
            "client_id": .string(state.clientID), "flow_id": .string(state.flowID), "state": .string(state.state),
            "status": .string(state.status),
        ]
    }
}
