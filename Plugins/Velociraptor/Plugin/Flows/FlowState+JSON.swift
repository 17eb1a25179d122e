// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension FlowState {
    /// What a flow is, as structured content: the raw values with text beside those that need a unit.
    ///
    /// `*_time` is in microseconds since 1970, `execution_duration` in nanoseconds.
    func json(organization: String?, presence: ClientPresence? = nil) -> JSONObject {
        var object: JSONObject = [
            "org_id": .string(organization ?? "root"),
            "client_id": .string(clientID),
            "flow_id": .string(flowID),
            "state": .string(state),
            "stage": .string(stage.rawValue),
            "is_done": .bool(isDone),
            "explanation": .string(explanation(presence)),
            "status": .string(status),
            "errors": .array(failures.map(JSONValue.string)),
            "creator": row["request"]?["creator"] ?? .null,
            "artifacts_requested": .array(artifacts.map(JSONValue.string)),
            "artifacts_with_results": .array(
                sources.map { ["source": .string($0.name), "rows": $0.rows.map(JSONValue.integer) ?? .null] }
            ),
        ]
        for (name, raw) in [("created", "create_time"), ("started", "start_time"), ("last_active", "active_time")] {
            object[name] = Moment.microseconds(row[raw])
            object[raw] = .integer(number(raw))
        }
        object["duration_seconds"] = JSONValue(Double(number("execution_duration") / 1_000_000) / 1000)
        let counters = [
            "execution_duration", "total_collected_rows", "total_uploaded_files", "total_uploaded_bytes", "total_logs",
            "total_requests", "outstanding_requests",
        ]
        for name in counters { object[name] = .integer(number(name)) }
        object["backtrace"] = row["backtrace"] ?? .null
        if let presence { object["client"] = .object(presence.json) }
        return object
    }
}
