// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// How many clients a hunt would take in.
struct HuntEstimate: Sendable, Hashable {
    /// All that match, also those that are never seen again.
    var clients: Int64
    var seenWithinDay: Int64
    var seenWithinWeek: Int64
    /// Those that were seen within the time that the caller named.
    var active: Int64?
    /// Who counted.
    var way: String

    var json: JSONObject {
        var object: JSONObject = [
            "clients": .integer(clients), "seen_within_1_day": .integer(seenWithinDay),
            "seen_within_7_days": .integer(seenWithinWeek), "counted_by": .string(way),
        ]
        if let active { object["active_clients"] = .integer(active) }
        return object
    }

    var words: String {
        "\(clients == 1 ? "1 client" : "\(clients) clients"), of which \(seenWithinDay) were seen within a day and \(seenWithinWeek) within a week"
    }
}
