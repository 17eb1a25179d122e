// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Answers questions about the language and what the server's plugins and functions take.
struct VQLHelp: Sendable {
    struct Request: Sendable, Hashable {
        var topic: String?
        var name: String?
        var search: String?
        var limit = 100
        var cursor: String?
        var timeout: Duration = .seconds(30)
    }

    static let toolName = "vql_help"
    static let topics = ["syntax", "plugins", "functions", "examples"]

    let catalog: HelpCatalog

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        if let name = request.name?.trimmed, !name.isEmpty { return try await symbol(name, request) }
        if let search = request.search?.trimmed, !search.isEmpty { return try await found(search, request) }
        switch try ListArtifacts.choice(request.topic, of: Self.topics, "topic") {
        case "syntax": return page("How VQL is written.", GrammarNotes.all.map { ["note": .string($0)] })
        case "examples":
            let rows = VQLExamples.all.map { example -> JSONValue in
                ["about": .string(example.sentence), "query": .string(example.query)]
            }
            return page("Queries that run as they stand.", rows)
        case "plugins": return try await list("plugin", request)
        case "functions": return try await list("function", request)
        default: return page(GrammarNotes.overview, Self.topics.map { ["topic": .string($0)] })
        }
    }

    private func page(_ heading: String, _ rows: [JSONValue]) -> RowPage {
        RowPage(
            heading: heading,
            members: ["source": "megaraptor"],
            name: "entries",
            rows: rows,
            total: rows.count,
            isEvidence: false
        )
    }

    private func list(_ kind: String, _ request: Request) async throws(MegaraptorError) -> RowPage {
        let help = try await catalog(timeout: request.timeout)
        let entries = help.entries.filter { $0.kind == kind }
        return try paged(entries, "\(entries.count) \(kind)s; ! marks required arguments.", kind, help, request)
    }

    private func found(_ search: String, _ request: Request) async throws(MegaraptorError) -> RowPage {
        let help = try await catalog(timeout: request.timeout)
        let words = NameWords.plain(search)
        let entries = help.entries.compactMap { entry in
            Self.points(entry, words).map { (points: $0, entry: entry) }
        }.sorted { ($1.points, $0.entry.name) < ($0.points, $1.entry.name) }.map(\.entry)
        let heading =
            entries.isEmpty
            ? "No plugin or function has all of these words: \(words.joined(separator: ", ")). Try fewer."
            : "\(entries.count) with \(words.joined(separator: ", ")), the best first; ! marks required arguments."
        return try paged(entries, heading, "search " + words.joined(separator: " "), help, request)
    }

    /// Words in names count more than words in descriptions; `nil` where one is missing.
    private static func points(_ entry: HelpEntry, _ words: [String]) -> Int? {
        let (name, description) = (entry.name.lowercased(), entry.description.lowercased())
        var sum = 0
        for word in words {
            if name == word {
                sum += 4
            } else if name.contains(word) {
                sum += 3
            } else if description.contains(word) {
                sum += 1
            } else if entry.arguments.contains(where: { $0.name.lowercased() == word }) {
                sum += 1
            } else {
                return nil
            }
        }
        return words.isEmpty ? nil : sum
    }

    private func paged(
        _ entries: [HelpEntry],
        _ heading: String,
        _ what: String,
        _ help: HelpCatalog.Answer,
        _ request: Request
    ) throws(MegaraptorError) -> RowPage {
        let paging = try ListPaging(
            request: PageCursor.request(Self.toolName, [what, help.isFromServer ? "server" : "table"]),
            cursor: request.cursor,
            limit: request.limit
        )
        let page = try paging.page(of: entries.map(\.row)) { "\($0["kind"] ?? "") \($0["name"] ?? "")" }
        return RowPage(
            heading: "\(heading) \(help.origin)",
            members: ["source": help.isFromServer ? "server" : "table"],
            name: "entries",
            rows: page.items,
            firstRow: paging.offset,
            total: entries.count,
            hasMore: page.hasMore,
            isEvidence: false,
            cursor: page.cursor
        )
    }
}
