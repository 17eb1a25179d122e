// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What the lab's clients answer when one artifact is collected.
///
/// Columns, their order and their types are those that Velociraptor 0.77.2 returns for the artifact.
struct ArtifactCollector: Sendable {
    /// One named source of an artifact. The name is empty for an artifact that has just one.
    struct Source: Sendable {
        var name: String
        var systems: Set<OperatingSystem>
        var results: @Sendable (Site) -> ResultRows
        /// The files that collecting it sends to the server.
        var uploads: @Sendable (Site) -> [Upload]

        init(
            name: String,
            systems: Set<OperatingSystem>,
            uploads: @escaping @Sendable (Site) -> [Upload] = { _ in [] },
            rows: @escaping @Sendable (Site) -> [JSONObject]
        ) {
            self.init(name: name, systems: systems, uploads: uploads, results: { ResultRows(rows($0)) })
        }

        init(
            name: String,
            systems: Set<OperatingSystem>,
            uploads: @escaping @Sendable (Site) -> [Upload] = { _ in [] },
            results: @escaping @Sendable (Site) -> ResultRows
        ) {
            self.name = name
            self.systems = systems
            self.uploads = uploads
            self.results = results
        }
    }

    /// The place an artifact is collected at.
    struct Site: Sendable {
        var endpoint: Endpoint
        var machine: Machine
        var now: Instant
        var parameters: [String: String]
        /// The artifact that is collected.
        var artifact: String

        /// Whether `text` matches the regular expression in `parameter`; an artifact's default accepts everything.
        func accepts(_ text: String, by parameter: String) -> Bool {
            guard let pattern = parameters[parameter], !pattern.isEmpty else { return true }
            return RegularExpression.search(pattern, in: text)
        }
    }

    var artifact: String
    var sources: [Source]

    init(
        _ artifact: String,
        source: String = "",
        on systems: Set<OperatingSystem>,
        rows: @escaping @Sendable (Site) -> [JSONObject]
    ) {
        self.artifact = artifact
        sources = [Source(name: source, systems: systems, rows: rows)]
    }

    init(_ artifact: String, sources: [Source]) {
        self.artifact = artifact
        self.sources = sources
    }

    /// Every artifact the lab has rows for, by name.
    static let all: [String: ArtifactCollector] = Dictionary(
        uniqueKeysWithValues: (processes + network + accounts + persistence + traces + clientInfo + system + files
            + quarantine
            + devices + linuxTriage + windowsTraces + windowsTriage + macTriage)
            .map { ($0.artifact, $0) }
    )
}

extension Set<OperatingSystem> {
    static let everywhere: Self = [.windows, .linux, .darwin]
    static let unixes: Self = [.linux, .darwin]
}

extension JSONValue {
    static func time(_ instant: Instant) -> JSONValue { .string(instant.rfc3339) }
    static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    static func text(_ number: Int) -> JSONValue { .string(String(number)) }
    static func int(_ number: Int) -> JSONValue { .integer(Int64(number)) }
}
