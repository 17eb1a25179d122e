// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What somebody wants to find out, as words and the concepts that they speak of.
struct ArtifactGoal: Sendable {
    /// The words that say something, each once, without those that name a system.
    private(set) var words: [String] = []
    /// The one system that is named.
    private(set) var system: String?
    private let concepts: [(phrase: String, words: [String], names: [String])]

    private static let systems = [
        "windows": "windows", "linux": "linux", "darwin": "darwin", "macos": "darwin", "mac": "darwin", "osx": "darwin",
    ]

    /// Words that stand in any goal and say nothing.
    private static let fillers: Set<String> = [
        "a", "all", "an", "and", "any", "are", "at", "by", "check", "client", "clients", "collect", "did", "every",
        "find",
        "for", "from", "get", "has", "have", "how", "i", "in", "is", "it", "list", "look", "machine", "me", "of", "on",
        "or", "out", "run", "running", "search", "see", "show", "system", "that", "the", "to", "was", "were", "what",
        "where", "which", "who", "with",
    ]

    /// What a concept earns whose artifact this is: less than the word in the name itself.
    private static let conceptPoints = 70
    /// What is collected from clients comes before what watches them, and before what the server keeps for itself.
    private static let typePoints = ["client": 8, "client_event": 4, "server": 2]

    init(_ what: String) {
        let all = NameWords.plain(what)
        let named = Set(all.compactMap { Self.systems[$0] })
        if named.count == 1 { system = named.first }
        for word in all where Self.systems[word] == nil && !Self.fillers.contains(word) && !words.contains(word) {
            words.append(word)
        }
        concepts = ArtifactConcepts.named(by: words)
    }

    /// How well an artifact serves; `nil` where nothing speaks for it.
    struct Verdict: Sendable {
        var artifact: ArtifactSummary
        var score: Int
        var reasons: [String]
        /// The goal's words that it answers.
        var words: Set<String>
    }

    func judge(_ artifact: ArtifactSummary) -> Verdict? {
        let ranking = ArtifactRanking(artifact)
        var verdict = Verdict(artifact: artifact, score: 0, reasons: [], words: [])
        for match in words.compactMap(ranking.match) {
            verdict.score += match.points
            verdict.reasons.append(match.reason)
            verdict.words.insert(match.word)
        }
        let names = ([artifact.name] + artifact.aliases).joined(separator: " ").lowercased()
        for concept in concepts where concept.names.contains(where: names.contains) {
            verdict.score += Self.conceptPoints
            verdict.reasons.append("known for: \(concept.phrase)")
            verdict.words.formUnion(concept.words)
        }
        guard verdict.score > 0 else { return nil }
        verdict.score += Self.typePoints[artifact.type] ?? 0
        return verdict
    }
}

extension ArtifactGoal.Verdict {
    var row: JSONValue {
        [
            "name": .string(artifact.name), "type": .string(artifact.type), "score": JSONValue(score),
            "os": .array(artifact.systems.sorted().map(JSONValue.string)),
            "description": .string(artifact.firstSentence(limit: 120)),
            "reasons": .array(reasons.map(JSONValue.string)),
            "downloads_tools": artifact.tools.isEmpty ? .null : .array(artifact.tools.map(JSONValue.string)),
        ]
    }
}
