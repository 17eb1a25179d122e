// SPDX-License-Identifier: Apache-2.0

/// What the lab knows of one artifact: enough to list it, to check a collection against it and to run it.
struct ArtifactDefinition: Sendable {
    struct Parameter: Sendable {
        var name: String
        var type: String
        var defaultValue: String
    }

    var name: String
    /// `client`, `server`, `client_event`, `server_event`, `internal` or `notebook`.
    var type: String
    /// The systems its preconditions admit; empty for all.
    var systems: Set<OperatingSystem>
    /// The names of its sources; one empty name for an artifact with a single unnamed source.
    var sources: [String]
    var permissions: [String]
    var aliases: [String]
    var parameters: [Parameter]
    var description: String
    var isAlias = false
    var isBuiltIn = true
    /// The YAML text of an artifact that was set over the API.
    var raw: String?
    /// The query of an artifact that was set over the API.
    var query: String?

    /// The names under which results are kept: `NAME` or `NAME/SOURCE`.
    var resultNames: [String] { sources.map { $0.isEmpty ? name : "\(name)/\($0)" } }

    var isClientArtifact: Bool { type == "client" || type == "client_event" }

    func runs(on system: OperatingSystem) -> Bool { systems.isEmpty || systems.contains(system) }

    /// The precondition's text; the lab decides by ``systems``, this is for reading.
    var precondition: String {
        guard !systems.isEmpty else { return "" }
        let names = systems.map(\.rawValue).sorted().joined(separator: "|")
        return "SELECT OS FROM info() WHERE OS =~ '^(\(names))$'"
    }
}
