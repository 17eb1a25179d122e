// SPDX-License-Identifier: Apache-2.0

/// One collection on one client.
///
/// A flow's life is computed from its times whenever somebody looks: nothing runs in the background.
struct Flow: Sendable {
    /// What one source of an artifact gave.
    struct SourceOutcome: Sendable {
        /// `Artifact` or `Artifact/Source`.
        var name: String
        var artifact: String
        var rows: Int
        /// The artifact's precondition did not hold on this client.
        var wasSkipped = false
        /// Why the source failed; `nil` if it did not.
        var failure: String?
        var uploads: [Upload] = []
    }

    struct Cancellation: Sendable {
        /// A user, or `VQL query`.
        var by: String
        var at: Instant
    }

    struct Outcome: Sendable {
        var sources: [SourceOutcome]
        var finished: Instant
        /// Whether the client was cut off while it collected.
        var wasQuarantined: Bool
        /// Whether collecting cut the client off, or let it back; `nil` if it did neither.
        var quarantine: Bool?
    }

    enum State: String, Sendable {
        case running = "RUNNING"
        case waiting = "WAITING"
        case inProgress = "IN_PROGRESS"
        case finished = "FINISHED"
        case error = "ERROR"
    }

    var request: CollectionRequest
    var created: Instant
    /// When the client takes the request up and when it is done; `nil` while the client is silent.
    var schedule: (start: Instant, end: Instant)?
    var outcome: Outcome?
    /// Set by `cancel_flow()`, also on a flow that is done.
    var cancellation: Cancellation?
    var userNotified = false

    var id: String { request.flowID }
    var isOpen: Bool { outcome == nil && cancellation == nil }
    var rowCount: Int { outcome?.sources.reduce(0) { $0 + $1.rows } ?? 0 }
    var uploads: [Upload] { outcome?.sources.flatMap(\.uploads) ?? [] }
    var sourcesWithRows: [String] { outcome?.sources.filter { $0.rows > 0 }.map(\.name) ?? [] }

    var status: String {
        cancellation.map { "Cancelled by \($0.by)" } ?? outcome?.sources.lazy.compactMap(\.failure).first ?? ""
    }

    func state(at now: Instant) -> State {
        if cancellation != nil { return .error }
        if let outcome { return outcome.sources.contains { $0.failure != nil } ? .error : .finished }
        guard let schedule else { return .running }
        if now >= schedule.start { return .inProgress }
        // The client has the request, and other work before it, in the second half of the wait.
        let halfway = (created.microseconds + schedule.start.microseconds) / 2
        return now.microseconds >= halfway ? .waiting : .running
    }
}
