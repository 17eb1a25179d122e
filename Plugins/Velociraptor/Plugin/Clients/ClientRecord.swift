// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What the server knows about one endpoint, with its times made readable.
struct ClientRecord: Sendable, Hashable {
    /// An endpoint that was seen within this many seconds counts as online. Idle clients report every few minutes.
    static let onlineWithin: Int64 = 15 * 60

    /// The times' units differ: `first_seen_at` is in seconds, `last_seen_at` in microseconds.
    private(set) var json: JSONObject

    /// The short form, for lists.
    ///
    /// - Parameter serverTime: the server's clock in microseconds since 1970. The age is reckoned by it, not by the
    ///   clock of this machine.
    init(summary row: JSONValue, serverTime: UInt64) {
        json = [:]
        for key in ["client_id", "hostname", "os", "release"] { json[key] = row[key] ?? .null }
        json["labels"] = row["labels"].flatMap { $0.arrayValue.map(JSONValue.array) } ?? []
        json["agent_version"] = row["agent_version"] ?? .null
        json["last_ip"] = row["last_ip"] ?? .null
        addTimes(row, serverTime)
    }

    /// Everything that helps an investigation.
    init(details row: JSONValue, metadata: JSONValue?, serverTime: UInt64) {
        json = ["client_id": row["client_id"] ?? .null]
        let system = row["os_info"]
        for key in ["hostname", "fqdn"] { json[key] = system?[key] ?? .null }
        json["os"] = system?["system"] ?? .null
        for key in ["release", "machine"] { json[key] = system?[key] ?? .null }
        json["mac_addresses"] = system?["mac_addresses"] ?? []
        json["labels"] = row["labels"].flatMap { $0.arrayValue.map(JSONValue.array) } ?? []
        json["agent_name"] = row["agent_information"]?["name"] ?? .null
        json["agent_version"] = row["agent_information"]?["version"] ?? .null
        json["last_ip"] = row["last_ip"] ?? .null
        addTimes(row, serverTime)
        for key in ["last_interrogate_flow_id", "last_interrogate_artifact_name"] { json[key] = row[key] ?? .null }
        json["in_flight_flows"] = .array((row["in_flight_flows"]?.objectValue?.keys ?? []).map(JSONValue.string))
        json["metadata"] = metadata?.objectValue.map(JSONValue.object) ?? [:]
    }

    private mutating func addTimes(_ row: JSONValue, _ serverTime: UInt64) {
        let firstSeen = row["first_seen_at"]?.integerValue ?? 0
        let lastSeen = row["last_seen_at"]?.integerValue ?? 0
        json["first_seen"] = firstSeen > 0 ? .string(ISO8601.string(unixSeconds: firstSeen)) : .null
        json["first_seen_at"] = .integer(firstSeen)
        json["last_seen"] =
            lastSeen > 0 ? .string(ISO8601.string(unixMicroseconds: lastSeen, fraction: .milliseconds)) : .null
        json["last_seen_at"] = .integer(lastSeen)
        guard lastSeen > 0, let now = Int64(exactly: serverTime), now > 0 else {
            json["seconds_since_seen"] = .null
            json["online_estimate"] = false
            return
        }
        let age = max(0, now - lastSeen) / 1_000_000
        json["seconds_since_seen"] = .integer(age)
        json["online_estimate"] = .bool(age <= Self.onlineWithin)
    }
}
