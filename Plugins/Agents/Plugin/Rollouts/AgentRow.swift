// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// An agent as the server has it.
struct AgentRow: Sendable {
    let clientID: String
    let hostname: String
    let labels: Set<String>
    /// In microseconds since 1970, by the server's clock.
    let seen: Int64
    private let serverTime: Int64
    private let asked: Int64

    /// - Parameter asked: when the server was asked, in milliseconds by this machine's clock.
    init?(_ row: JSONValue, asked: Int64) {
        guard let clientID = row["client_id"]?.stringValue, let hostname = row["hostname"]?.stringValue,
            let seen = row["last_seen_at"]?.integerValue, let serverTime = row["server_time"]?.integerValue
        else { return nil }
        self.clientID = clientID
        self.hostname = hostname.lowercased()
        self.seen = seen
        self.serverTime = serverTime
        self.asked = asked
        labels = Set(row["labels"]?.arrayValue?.compactMap { $0.stringValue?.lowercased() } ?? [])
    }

    /// Whether this is the machine, and the server has seen it since.
    func isSighting(of wanted: EnrolmentWatch.Wanted) -> Bool {
        // The server's second is cut off, which reaches back by one at most.
        hostname == wanted.hostname.lowercased() && seen >= serverTime * 1_000_000 - (asked - wanted.since) * 1000
    }

    func bears(_ wanted: [String]) -> Bool { wanted.allSatisfy { labels.contains($0.lowercased()) } }
}
