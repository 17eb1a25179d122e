// SPDX-License-Identifier: Apache-2.0

extension FlowState {
    /// The state in a sentence or two.
    func explanation(_ presence: ClientPresence? = nil) -> String {
        switch stage {
        case .queued: "Queued on the server; the client has not fetched it yet." + (presence.map { " \($0.words)" } ?? "")
        case .waiting:
            "Delivered to the client, which has not begun: it does other work first."
                + (presence.map { " \($0.words)" } ?? "")
        case .running: "Running on the client; \(counted) so far."
        case .finished: finished
        case .failed:
            "Ended with an error\(reason). What came before it is kept: \(counted). get_flow_logs tells more."
        case .cancelled: "Cancelled (\(status)). What came before is kept: \(counted)."
        case .unknown: "The server says \(state.isEmpty ? "nothing" : state), a state that is not known here."
        }
    }

    /// A few words for a progress report.
    var progress: String {
        let queries = queries
        guard queries.total > 0 else { return "\(stage.rawValue), \(counted)" }
        return "\(stage.rawValue), \(counted), \(queries.done) of \(queries.total) queries done"
    }

    private var finished: String {
        guard rowCount == 0 else { return "Finished with \(counted)." }
        return """
            Finished without a row. That may mean that nothing matched, but also that the precondition of the artifact \
            did not hold on this client: get_flow_logs shows what ran.
            """
    }

    private var counted: String { rowCount == 1 ? "1 row" : "\(rowCount) rows" }

    private var reason: String {
        guard let reason = ([status] + failures).first(where: { !$0.isEmpty }) else { return "" }
        return ": \(reason.trimmed)"
    }
}
