// SPDX-License-Identifier: Apache-2.0

/// A collection for every client that its condition takes in.
struct Hunt: Sendable {
    enum State: String, Sendable {
        case paused = "PAUSED"
        case running = "RUNNING"
        case stopped = "STOPPED"
    }

    /// Which clients a hunt takes in. The server never holds an operating system and labels at once.
    struct Condition: Sendable {
        var includedLabels: [String] = []
        var excludedLabels: [String] = []
        var system: OperatingSystem?
    }

    var id: String
    /// The organisation it runs in.
    var organization: String
    var created: Instant
    var creator: String
    var started: Instant?
    var expires: Instant
    var description: String
    var tags: [String] = []
    var request: CollectionRequest
    var condition: Condition
    var state: State
    /// Nanoseconds of the last change; 0 while the hunt was never started.
    var version: Int64 = 0
    /// The clients it was scheduled on, in order. Each has the flow ``flowID``.
    var clients: [String] = []

    /// `F.<hunt>.H`: the same on every client.
    var flowID: String { "F.\(id.dropFirst(2)).H" }
}

/// How far a hunt has come, counted from its flows.
struct HuntProgress: Sendable {
    var scheduled = 0
    var withResults = 0
    var withoutResults = 0
    var withErrors = 0
    var finished = 0
    var rows = 0
    var uploadedBytes = 0

    init(flows: [Flow]) {
        scheduled = flows.count
        for flow in flows where !flow.isOpen {
            finished += 1
            rows += flow.rowCount
            uploadedBytes += flow.uploads.reduce(0) { $0 + $1.size }
            if !flow.status.isEmpty { withErrors += 1 }
            if flow.rowCount > 0 { withResults += 1 } else { withoutResults += 1 }
        }
    }
}
