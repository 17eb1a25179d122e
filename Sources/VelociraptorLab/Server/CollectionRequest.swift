// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// What somebody asked to be collected: the lab's side of `ArtifactCollectorArgs`.
struct CollectionRequest: Sendable {
    struct Parameter: Sendable {
        var name: String
        var value: String
    }

    /// The parameters of one artifact.
    struct Specification: Sendable {
        var artifact: String
        var parameters: [Parameter]
    }

    var creator: String
    var clientID = ""
    var flowID = ""
    var artifacts: [String]
    var specifications: [Specification] = []
    var isUrgent = false
    /// Seconds; 0 for the server's default.
    var timeout: Int64 = 0
    var cpuLimit = 0.0
    var iopsLimit = 0.0
    var operationsPerSecond = 0.0
    var maxRows: Int64 = 0
    /// What the server fills in where nobody sets a limit.
    var maxUploadBytes: Int64 = 1 << 30

    func parameters(of artifact: String) -> [String: String] {
        let given = specifications.filter { $0.artifact == artifact }.flatMap(\.parameters)
        return Dictionary(given.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}

extension CollectionRequest {
    /// The request as VQL shows it. Only hunts keep the compiled queries.
    func row(compiled: [VQLValue] = []) -> VQLRow {
        [
            "creator": .text(creator), "user_data": "", "client_id": .text(clientID), "flow_id": .text(flowID),
            "urgent": .bool(isUrgent), "summary": false, "artifacts": .texts(artifacts),
            "specs": .list(specifications.map(\.value)), "cpu_limit": .number(cpuLimit),
            "iops_limit": .number(iopsLimit), "progress_timeout": 0, "timeout": .integer(timeout),
            "max_rows": .integer(maxRows), "max_logs": 0, "max_upload_bytes": .integer(maxUploadBytes),
            "trace_freq_sec": 0, "allow_custom_overrides": false, "log_batch_time": 0,
            "compiled_collector_args": .list(compiled), "ops_per_second": .number(operationsPerSecond),
        ]
    }

    /// One compiled query for each source of each artifact, as a hunt shows them.
    func compiled(with artifacts: [ArtifactDefinition]) -> [VQLValue] {
        let total = artifacts.reduce(0) { $0 + $1.sources.count }
        var values: [VQLValue] = []
        for artifact in artifacts {
            for source in artifact.resultNames {
                values.append(compiled(artifact, source: source, number: values.count + 1, of: total))
            }
        }
        return values
    }

    private func compiled(_ artifact: ArtifactDefinition, source: String, number: Int, of total: Int) -> VQLValue {
        let given = parameters(of: artifact.name)
        let environment = artifact.parameters.map { parameter in
            Parameter(name: parameter.name, value: given[parameter.name] ?? parameter.defaultValue)
        }
        return [
            "query_id": .int(number), "total_queries": .int(total), "expiry": 0,
            "precondition": .text(artifact.precondition), "principal": "", "effective_principal": "",
            "env": .list(environment.map(\.entry)),
            "Query": [["Name": .text(source), "VQL": .text(artifact.query ?? ArtifactDefinition.absentQuery)]],
            "max_row": 1000,
            "max_row_buffer_size": 0, "max_wait": 0, "ops_per_second": 0, "cpu_limit": 0, "iops_limit": 0,
            "progress_timeout": 0, "artifacts": [], "timeout": .integer(timeout), "heartbeat": 0, "tools": [],
            "org_id": "",
        ]
    }
}

extension CollectionRequest.Specification {
    fileprivate var value: VQLValue {
        [
            "artifact": .text(artifact), "parameters": ["env": .list(parameters.map(\.entry))], "cpu_limit": 0,
            "max_batch_wait": 0, "max_batch_rows": 0, "max_batch_rows_buffer": 0, "timeout": 0,
        ]
    }
}

extension CollectionRequest.Parameter {
    fileprivate var entry: VQLValue { ["key": .text(name), "value": .text(value), "comment": ""] }
}

extension VQLValue {
    /// A float field of a message: whole numbers are shown without a fraction.
    static func number(_ value: Double) -> VQLValue {
        Int64(exactly: value).map(VQLValue.integer) ?? .double(value)
    }
}
