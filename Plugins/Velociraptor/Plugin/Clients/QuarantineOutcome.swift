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
    /// What the artifact wrote.
    var rows: [JSONValue]
    /// The end of the flow's log.
    var log: [String]

    /// Words in the artifacts' rows that tell of a failure, and of success.
    private static let failing = ["fail", "error", "unable", "not found", "cannot", "could not", "denied"]
    private static let quarantineWords = ["success", "quarantined", "applied", "in place"]
    private static let releaseWords = ["success", "removed", "released", "deleted"]

    var verdict: Verdict {
        guard flow.isDone else { return .pending }
        // Without a row the artifact did nothing: its precondition did not hold.
        guard !rows.isEmpty, !says(Self.failing), flow.stage != .cancelled else { return .failed }
        guard flow.stage == .finished, says(isQuarantine ? Self.quarantineWords : Self.releaseWords) else {
            return .unconfirmed
        }
        return isQuarantine ? .quarantined : .released
    }

    private func says(_ words: [String]) -> Bool {
        let text = rows.map { $0.json().lowercased() }.joined(separator: "\n")
        return words.contains { text.contains($0) }
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
