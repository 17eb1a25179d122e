// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// An artifact in a list: what it is called and said to do, without its VQL.
struct ArtifactSummary: Sendable, Hashable {
    var name: String
    /// `client`, `server`, `client_event`, `server_event`, `internal` or `notebook`.
    var type: String
    var description: String
    var aliases: [String]
    var parameters: [String]
    var sources: [String]
    /// The tools that a client downloads to run it.
    var tools: [String]
    /// The systems it runs on, `windows`, `linux` or `darwin`; empty for all of them, and for what runs on the server.
    var systems: Set<String>

    /// The columns that ``init(row:)`` reads. The definitions are large, so the VQL text stays on the server.
    static let columns = """
        name, type, description, aliases, precondition, tools.name AS tools, parameters.name AS parameters, \
        sources.name AS sources, sources.precondition AS conditions
        """

    init(row: JSONValue) {
        name = row["name"]?.stringValue ?? ""
        type = row["type"]?.stringValue?.lowercased() ?? ""
        description = row["description"]?.stringValue ?? ""
        aliases = Self.texts(row["aliases"])
        parameters = Self.texts(row["parameters"])
        sources = Self.texts(row["sources"])
        tools = Self.texts(row["tools"])
        systems = ArtifactSystems.of(
            name: name,
            type: type,
            precondition: row["precondition"]?.stringValue ?? "",
            sources: Self.texts(row["conditions"])
        )
    }

    private static func texts(_ list: JSONValue?) -> [String] {
        (list?.arrayValue ?? []).compactMap(\.stringValue)
    }

    var runsOnClients: Bool { type == "client" || type == "client_event" }

    func runs(on system: String) -> Bool {
        runsOnClients && (systems.isEmpty || systems.contains(system))
    }

    /// The description's first sentence, on one line, of at most `limit` characters.
    func firstSentence(limit: Int = 160) -> String {
        let paragraph = description.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0.allSatisfy(\.isWhitespace) }
            .prefix { !$0.allSatisfy(\.isWhitespace) }
        let line = paragraph.map(\.trimmed).joined(separator: " ")
        let sentence = line.firstRange(of: ". ").map { String(line[...$0.lowerBound]) } ?? line
        return sentence.count > limit ? sentence.prefix(limit - 1) + "…" : sentence
    }
}
