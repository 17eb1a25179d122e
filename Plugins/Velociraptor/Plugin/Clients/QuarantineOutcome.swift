// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What became of a quarantine or a release.
struct QuarantineOutcome: Sendable {
    /// What is known to hold on the endpoint.
    enum Verdict: String, Sendable {
        case quarantined
        case released
        /// The client has not done it yet.
        case pending
        case failed
        /// It ran, and what it wrote does not say that it worked.
        case unconfirmed
    }

    var isQuarantine: Bool
    var artifact: String
    var presence: ClientPresence
    var flow: FlowState
    /// What the endpoint was to show.
    var message: String?
    /// What the artifact wrote.
    var rows: [JSONValue]
    /// The end of the flow's log.
    var log: [String]

    var verdict: Verdict {
        guard flow.isDone else { return .pending }
        // Without a row the artifact did nothing: its precondition did not hold.
        guard !rows.isEmpty, flow.stage != .cancelled else { return .failed }
        let account = QuarantineAccount(rows: rows, message: message)
        guard !account.tellsOfFailure else { return .failed }
        guard flow.stage == .finished, account.tellsOfSuccess(isQuarantine) else { return .unconfirmed }
        return isQuarantine ? .quarantined : .released
    }

    var explanation: String {
        let host = presence.json["hostname"]?.stringValue.map { " (\($0))" } ?? ""
        let name = "\(flow.clientID)\(host)"
        let again = "get_flow_status of \(flow.flowID) tells how it goes on; do not repeat the call."
        switch verdict {
        case .quarantined: return "\(name) is quarantined: \(artifact) says so."
        case .released: return "\(name) is released: \(artifact) says so."
        case .pending:
            let state = isQuarantine ? "The quarantine is NOT IN FORCE yet" : "The release is NOT DONE yet"
            return "\(state) on \(name). \(flow.explanation(presence)) \(again)"
        case .failed:
            return """
                The \(isQuarantine ? "quarantine" : "release") of \(name) FAILED: take it as \
                \(isQuarantine ? "not quarantined" : "still quarantined"). \(flow.explanation())
                """
        case .unconfirmed:
            return """
                \(artifact) ran on \(name), but its rows do not say that it worked: judge by them, and check the \
                endpoint's network.
                """
        }
    }
}
