// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension ArtifactDefinition {
    /// The row of `artifact_definitions()`.
    var row: VQLRow {
        [
            "name": .text(name), "aliases": .texts(aliases), "description": .text(description), "author": "",
            "reference": [], "references": [], "required_permissions": .texts(permissions), "implied_permissions": [],
            "impersonate": "", "resources": Self.resources, "tools": [], "precondition": "",
            "parameters": .list(parameters.map(\.value)), "type": .text(type),
            "sources": .list(sources.map(sourceValue)), "imports": [], "export": "", "reports": [],
            "column_types": [], "raw": .text(raw ?? yaml), "compiled": .bool(isBuiltIn), "built_in": .bool(isBuiltIn),
            "compiled_in": .bool(isBuiltIn), "is_alias": .bool(isAlias), "is_inherited": false,
            "metadata": ["hidden": false, "basic": false, "tags": []],
        ]
    }

    private static var resources: VQLValue {
        .dict(
            VQLRow(
                [
                    "timeout", "ops_per_second", "cpu_limit", "iops_limit", "max_rows", "max_upload_bytes",
                    "max_batch_wait", "max_batch_rows", "max_batch_rows_buffer",
                ].map { ($0, 0) }
            )
        )
    }

    private func sourceValue(_ source: String) -> VQLValue {
        let text = query ?? Self.absentQuery
        return [
            "name": .text(source), "description": "", "precondition": .text(precondition), "query": .text(text),
            "queries": [.text(text)], "notebook": [],
        ]
    }

    /// Stands where the server has an artifact's own query: the lab keeps rows, not queries.
    static let absentQuery = "SELECT * FROM scope() WHERE log(message='The lab has no query text') AND FALSE"

    private var yaml: String {
        var text = "name: \(name)\ndescription: \(description)\ntype: \(type.uppercased())\n"
        if !parameters.isEmpty {
            text += "parameters:\n" + parameters.map { "  - name: \($0.name)\n    type: \($0.type)\n" }.joined()
        }
        return text + "sources:\n"
            + sources.map { "  - name: \($0)\n    query: \(query ?? Self.absentQuery)\n" }.joined()
    }
}

extension ArtifactDefinition.Parameter {
    fileprivate var value: VQLValue {
        // A plain string parameter has no type in the server's answer.
        [
            "name": .text(name), "default": .text(defaultValue), "description": "",
            "type": .text(type == "string" ? "" : type), "choices": [], "friendly_name": "", "validating_regex": "",
            "artifact_type": "", "sources": false,
        ]
    }
}

extension VQLValue {
    static func texts(_ texts: [String]) -> VQLValue { .list(texts.map(VQLValue.text)) }
    static func int(_ value: Int) -> VQLValue { .integer(Int64(value)) }
    /// A time as most of the server's records hold it: microseconds since 1970.
    static func microseconds(_ instant: Instant?) -> VQLValue { .integer(instant?.microseconds ?? 0) }
}
