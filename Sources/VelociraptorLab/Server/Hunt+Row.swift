// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension Hunt {
    /// The row of `hunts()` and the value of `hunt_info()`.
    func row(progress: HuntProgress, artifacts: [ArtifactDefinition]) -> VQLRow {
        [
            "hunt_id": .text(id), "version": .integer(version), "create_time": .microseconds(created),
            "creator": .text(creator), "start_time": .microseconds(started), "expires": .microseconds(expires),
            "hunt_description": .text(description), "tags": .texts(tags),
            "start_request": .dict(request.row(compiled: request.compiled(with: artifacts))),
            "condition": [
                "excluded_labels": ["label": .texts(condition.excludedLabels)],
                "labels": ["label": .texts(condition.includedLabels)], "os": ["os": .text(condition.systemName)],
            ],
            "client_limit": 0, "stats": .dict(progress.row(isStopped: state == .stopped)),
            "artifacts": .texts(request.artifacts), "artifact_sources": .texts(artifacts.flatMap(\.resultNames)),
            "state": .text(state.rawValue), "org_ids": [.text(organization)],
        ]
    }

    /// What `hunt()` returns: protobuf's JSON, where 64-bit integers are strings and defaults are left out.
    func protobufRow(artifacts: [ArtifactDefinition]) -> VQLRow {
        var row: VQLRow = [
            "hunt_id": .text(id), "create_time": .digits(created.microseconds), "creator": .text(creator),
        ]
        if let started { row["start_time"] = .digits(started.microseconds) }
        row["expires"] = .digits(expires.microseconds)
        row["hunt_description"] = .text(description)
        if !tags.isEmpty { row["tags"] = .texts(tags) }
        row["start_request"] = .dict(request.protobufRow(artifacts: artifacts))
        let conditionRow = condition.protobufRow
        if !conditionRow.isEmpty { row["condition"] = .dict(conditionRow) }
        row["stats"] = [:]
        row["artifacts"] = .texts(request.artifacts)
        row["artifact_sources"] = .texts(artifacts.flatMap(\.resultNames))
        row["state"] = .text(state.rawValue)
        row["org_ids"] = [.text(organization)]
        return row
    }
}

extension Hunt.Condition {
    /// The name in the message's enumeration.
    var systemName: String {
        switch system {
        case nil: "ALL"
        case .windows: "WINDOWS"
        case .linux: "LINUX"
        case .darwin: "OSX"
        }
    }

    fileprivate var protobufRow: VQLRow {
        var row = VQLRow()
        if !excludedLabels.isEmpty { row["excluded_labels"] = ["label": .texts(excludedLabels)] }
        if !includedLabels.isEmpty { row["labels"] = ["label": .texts(includedLabels)] }
        if system != nil { row["os"] = ["os": .text(systemName)] }
        return row
    }
}

extension HuntProgress {
    func row(isStopped: Bool) -> VQLRow {
        [
            "total_clients_scheduled": .int(scheduled), "total_clients_with_results": .int(withResults),
            "total_clients_without_results": .int(withoutResults), "total_clients_with_errors": .int(withErrors),
            "total_uploaded_bytes": .int(uploadedBytes), "total_collected_rows": .int(rows),
            "total_finished_clients": .int(finished),
            "stopped": .bool(isStopped), "available_downloads": ["files": []], "last_client_table_scan": 0,
        ]
    }
}

extension CollectionRequest {
    fileprivate func protobufRow(artifacts definitions: [ArtifactDefinition]) -> VQLRow {
        var row: VQLRow = [
            "creator": .text(creator), "flow_id": .text(flowID), "artifacts": .texts(artifacts),
        ]
        if !specifications.isEmpty {
            row["specs"] = .list(
                specifications.map { specification in
                    let environment = specification.parameters.map { parameter -> VQLValue in
                        ["key": .text(parameter.name), "value": .text(parameter.value)]
                    }
                    return [
                        "artifact": .text(specification.artifact), "parameters": ["env": .list(environment)],
                    ]
                }
            )
        }
        if timeout > 0 { row["timeout"] = .digits(timeout) }
        row["max_upload_bytes"] = .digits(maxUploadBytes)
        row["compiled_collector_args"] = .list(compiled(with: definitions).map(\.withoutDefaults))
        return row
    }
}

extension VQLValue {
    fileprivate static func digits(_ value: Int64) -> VQLValue { .text(String(value)) }

    /// The value as protobuf's JSON has it: no member that is zero, empty or false, and integers as text.
    fileprivate var withoutDefaults: VQLValue {
        switch self {
        case .dictionary(let dictionary):
            let kept = dictionary.row.filter { !$0.value.isProtobufDefault }.map { ($0.name, $0.value.withoutDefaults) }
            return .dict(VQLRow(kept))
        case .list(let values): return .list(values.map(\.withoutDefaults))
        case .integer(let value): return .digits(value)
        default: return self
        }
    }

    private var isProtobufDefault: Bool {
        switch self {
        case .null, .integer(0), .double(0), .bool(false): true
        case .string(let text): text.isEmpty
        case .list(let values): values.isEmpty
        default: false
        }
    }
}
