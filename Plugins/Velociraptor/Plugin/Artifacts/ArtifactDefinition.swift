// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What matters of an artifact before it is collected.
struct ArtifactDefinition: Sendable, Hashable {
    struct Parameter: Sendable, Hashable {
        var name: String
        /// Empty for plain text; else `bool`, `int`, `csv`, `timestamp`, `choices`, …
        var type: String
        var defaultValue: String
        var choices: [String]
    }

    var name: String
    /// `client`, `server`, `client_event`, `server_event`, `notebook` or `internal`.
    var type: String
    var parameters: [Parameter]
    /// The names of its sources; a single source without a name is the empty text.
    var sources: [String]
    /// The VQL of the condition for the whole of it; empty for none.
    var precondition: String
    /// The VQL of each source's own condition, as ``sources`` has them; empty for none.
    var sourcePreconditions: [String]
    /// The tools that a client downloads to run it.
    var tools: [String]
    /// What it says it needs, such as `EXECVE`.
    var permissions: [String]

    /// - Parameter row: what `artifact_definitions()` says.
    init(row: JSONValue) {
        name = row["name"]?.stringValue ?? ""
        type = row["type"]?.stringValue ?? ""
        parameters = (row["parameters"]?.arrayValue ?? []).map { parameter in
            Parameter(
                name: parameter["name"]?.stringValue ?? "",
                type: parameter["type"]?.stringValue ?? "",
                defaultValue: parameter["default"]?.stringValue ?? "",
                choices: (parameter["choices"]?.arrayValue ?? []).compactMap(\.stringValue)
            )
        }
        let sources = row["sources"]?.arrayValue ?? []
        self.sources = sources.map { $0["name"]?.stringValue ?? "" }
        precondition = row["precondition"]?.stringValue ?? ""
        sourcePreconditions = sources.map { $0["precondition"]?.stringValue ?? "" }
        permissions = (row["required_permissions"]?.strings ?? []) + (row["implied_permissions"]?.strings ?? [])
        tools = (row["tools"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }
}
