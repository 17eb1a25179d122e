// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// How far one collection has come, told from its row in `flows()`.
struct FlowState: Sendable, Hashable {
    /// The server's states in plain words. There is no state for a cancelled flow: it is an error with a status.
    enum Stage: String, Sendable {
        /// On the server; the client has not fetched it.
        case queued
        /// With the client, behind other collections.
        case waiting
        case running
        case finished
        /// Ended with an error; results that came before it are kept.
        case failed
        case cancelled
        /// The server says something that is not known here.
        case unknown
    }

    /// A source that gave rows.
    struct Source: Sendable, Hashable {
        /// `Artifact` or `Artifact/Source`.
        var name: String
        /// `nil` where the server counted several sources together.
        var rows: Int64?
    }

    let row: JSONValue

    /// - Parameter row: a row of `flows()`, or the value of `get_flow()`.
    init(row: JSONValue) {
        self.row = row
    }

    var clientID: String { row["client_id"]?.stringValue ?? "" }
    var flowID: String { row["session_id"]?.stringValue ?? "" }
    /// The server's own word.
    var state: String { row["state"]?.stringValue ?? "" }
    /// Why a flow failed; empty otherwise.
    var status: String { row["status"]?.stringValue ?? "" }
    var artifacts: [String] { (row["request"]?["artifacts"]?.arrayValue ?? []).compactMap(\.stringValue) }
    var rowCount: Int64 { number("total_collected_rows") }

    var stage: Stage {
        switch state {
        case "RUNNING": number("start_time") == 0 ? .queued : .running
        case "WAITING": .waiting
        case "IN_PROGRESS": .running
        case "FINISHED": .finished
        case "ERROR": status.hasPrefix("Cancelled") ? .cancelled : .failed
        default: .unknown
        }
    }

    var isDone: Bool { [.finished, .failed, .cancelled].contains(stage) }
    /// Whether the client has begun.
    var isPending: Bool { stage == .queued || stage == .waiting }

    /// How many of its queries are done, and of how many; zero until the client has begun.
    var queries: (done: Int, total: Int) {
        let done = statistics.count { $0["status"]?.stringValue != "PROGRESS" }
        return (done, max(Int(number("total_requests")), statistics.count))
    }

    /// The sources with rows, in the server's order.
    var sources: [Source] {
        var counts: [String: Int64] = [:]
        for part in statistics {
            let names = (part["names_with_response"]?.arrayValue ?? []).compactMap(\.stringValue)
            // Rows of a query that fills several sources are not told apart.
            guard names.count == 1 else { continue }
            counts[names[0], default: 0] += Moment.number(part["result_rows"]) ?? 0
        }
        return (row["artifacts_with_results"]?.arrayValue ?? []).compactMap(\.stringValue).map {
            Source(name: $0, rows: counts[$0])
        }
    }

    /// What its queries said of their failure.
    var failures: [String] {
        statistics.compactMap { $0["error_message"]?.stringValue }.filter { !$0.isEmpty }
    }

    func number(_ member: String) -> Int64 { Moment.number(row[member]) ?? 0 }

    private var statistics: [JSONValue] { row["query_stats"]?.arrayValue ?? [] }
}
