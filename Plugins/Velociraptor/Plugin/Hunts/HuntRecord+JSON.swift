// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension HuntRecord {
    /// What lists show of a hunt.
    var summary: JSONObject {
        var object: JSONObject = [
            "hunt_id": .string(id), "description": .string(description), "state": .string(state),
            "expired": .bool(isExpired), "artifacts": .array(artifacts.map(JSONValue.string)),
            "condition": .string(condition.words), "tags": .array(tags.map(JSONValue.string)),
            "creator": row["creator"] ?? .null,
        ]
        for (name, raw) in [("created", "create_time"), ("started", "start_time"), ("expires", "expires")] {
            object[name] = Moment.microseconds(row[raw])
        }
        object["create_time"] = .integer(number("create_time"))
        object["clients_scheduled"] = .integer(count("total_clients_scheduled"))
        object["clients_finished"] = .integer(count("total_finished_clients"))
        object["clients_with_results"] = .integer(count("total_clients_with_results"))
        object["clients_with_errors"] = .integer(count("total_clients_with_errors"))
        object["rows"] = .integer(count("total_collected_rows"))
        return object
    }

    /// Everything that is known of a hunt. A limit of 0 is the server's own.
    var details: JSONObject {
        var object = summary
        object["condition"] = condition.json
        object["parameters"] = .object(parameters)
        object["sources"] = row["artifact_sources"] ?? []
        object["start_time"] = .integer(number("start_time"))
        object["expires_at"] = .integer(expires)
        object["timeout"] = .integer(number("timeout"))
        object["cpu_limit"] = row["cpu_limit"] ?? .null
        object["max_rows"] = .integer(number("max_rows"))
        object["max_bytes"] = .integer(number("max_bytes"))
        return object
    }
}
