// SPDX-License-Identifier: Apache-2.0

/// How well an artifact answers some words. One ranking for lists and for goals.
struct ArtifactRanking: Sendable {
    /// A word, and why it earned what it did.
    struct Match: Sendable, Hashable {
        var word: String
        var points: Int
        var reason: String
    }

    /// What a word earns for where it stands. Names come before descriptions, whole words before parts of words.
    private enum Points {
        static let nameWord = 100
        static let namePart = 60
        static let sourceWord = 40
        static let parameterWord = 30
        static let descriptionWord = 20
        static let descriptionPart = 10
    }

    /// Shorter words stand in too many others by chance.
    private static let shortestPart = 3

    private let artifact: ArtifactSummary
    private let nameWords: Set<String>
    private let lowerName: String
    private let description: String
    private let descriptionWords: Set<String>

    init(_ artifact: ArtifactSummary) {
        self.artifact = artifact
        let names = [artifact.name] + artifact.aliases
        nameWords = names.reduce(into: []) { $0.formUnion(NameWords.ofName($1)) }
        lowerName = names.joined(separator: " ").lowercased()
        description = artifact.description.lowercased()
        descriptionWords = Set(NameWords.plain(artifact.description))
    }

    /// The best place where a word stands; `nil` where it stands nowhere.
    func match(_ word: String) -> Match? {
        if nameWords.contains(word) { return Match(word: word, points: Points.nameWord, reason: "name: \(word)") }
        let isPart = word.count >= Self.shortestPart
        if isPart, lowerName.contains(word) {
            return Match(word: word, points: Points.namePart, reason: "part of the name: \(word)")
        }
        if let source = artifact.sources.first(where: { NameWords.ofName($0).contains(word) }) {
            return Match(word: word, points: Points.sourceWord, reason: "source \(source): \(word)")
        }
        if let parameter = artifact.parameters.first(where: { NameWords.ofName($0).contains(word) }) {
            return Match(word: word, points: Points.parameterWord, reason: "parameter \(parameter): \(word)")
        }
        if descriptionWords.contains(word) {
            return Match(word: word, points: Points.descriptionWord, reason: "description: \(word)")
        }
        if isPart, description.contains(word) {
            return Match(word: word, points: Points.descriptionPart, reason: "part of the description: \(word)")
        }
        return nil
    }

    /// The sum over all words; `nil` where one of them stands nowhere.
    func pointsForAll(_ words: [String]) -> Int? {
        var sum = 0
        for word in words {
            guard let match = match(word) else { return nil }
            sum += match.points
        }
        return sum
    }
}
