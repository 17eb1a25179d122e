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
    /// The VQL of all its conditions, of the artifact and of its sources.
    var preconditions: [String]
    /// The tools that a client downloads to run it.
    var tools: [String]

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
        preconditions = ([row] + sources).compactMap { $0["precondition"]?.stringValue }.filter { !$0.isEmpty }
        tools = (row["tools"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }

    /// The systems that its conditions name, `windows`, `linux` or `darwin`; empty where they name none.
    var systems: Set<String> {
        let conditions = preconditions.map { $0.lowercased() }
        return Set(["windows", "linux", "darwin"].filter { system in conditions.contains { $0.contains("'\(system)'") } })
    }
}
