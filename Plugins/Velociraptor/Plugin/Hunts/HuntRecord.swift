// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// One hunt as the server holds it.
struct HuntRecord: Sendable, Hashable {
    /// The columns of `hunts()` that it needs. The compiled queries, by far the most of a row, are left out.
    static let columns = """
        hunt_id, hunt_description, state, creator, create_time, start_time, expires, tags, artifacts, \
        artifact_sources, condition, stats, start_request.specs AS specs, start_request.timeout AS timeout, \
        start_request.cpu_limit AS cpu_limit, start_request.max_rows AS max_rows, \
        start_request.max_upload_bytes AS max_bytes
        """

    let row: JSONValue
    /// The server's clock in microseconds since 1970, when it told the row.
    let serverTime: UInt64

    init(row: JSONValue, serverTime: UInt64) {
        self.row = row
        self.serverTime = serverTime
    }

    var id: String { row["hunt_id"]?.stringValue ?? "" }
    /// `PAUSED`, `RUNNING`, `STOPPED`, `ARCHIVED` or `DELETED`.
    var state: String { row["state"]?.stringValue ?? "" }
    var description: String { row["hunt_description"]?.stringValue ?? "" }
    var condition: HuntCondition { HuntCondition(row: row["condition"]) }
    var tags: [String] { texts("tags") }
    var artifacts: [String] { texts("artifacts") }
    /// Microseconds since 1970.
    var expires: Int64 { number("expires") }
    var isExpired: Bool { expires > 0 && expires <= Int64(clamping: serverTime) }

    func number(_ member: String) -> Int64 { Moment.number(row[member]) ?? 0 }

    /// How many clients, or rows: a member of `stats`.
    func count(_ member: String) -> Int64 { Moment.number(row["stats"]?[member]) ?? 0 }

    /// The parameters that were given, `{artifact: {parameter: text}}`.
    var parameters: JSONObject {
        var parameters: JSONObject = [:]
        for specification in row["specs"]?.arrayValue ?? [] {
            guard let artifact = specification["artifact"]?.stringValue else { continue }
            var values: JSONObject = [:]
            for entry in specification["parameters"]?["env"]?.arrayValue ?? [] {
                if let key = entry["key"]?.stringValue { values[key] = entry["value"] ?? .null }
            }
            parameters[artifact] = .object(values)
        }
        return parameters
    }

    private func texts(_ member: String) -> [String] {
        (row[member]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
