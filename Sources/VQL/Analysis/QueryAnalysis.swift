// SPDX-License-Identifier: Apache-2.0

/// What a query can reach, found without running it.
///
/// Everything in the text counts, whether it would run or not: bodies of LETs, branches not taken, arguments not used.
/// Code in texts is followed where the text stands in the query as it is. What is not known to be harmless is not: a
/// name that ``VQLSymbolTable`` lacks, a text that is put together, an artifact whose definition is not at hand.
///
/// Two facts of the language carry this: a call of a built-in reaches that built-in and nothing else, whatever the query
/// names so; and built-ins are no values, so none can be called under another name.
public struct QueryAnalysis: Sendable, Hashable {
    /// Gives the VQL texts of an artifact (sources, exports, conditions); `nil` where it is not known.
    public typealias ArtifactTexts = (String) -> [String]?

    /// In the order of the text, each once.
    public let reaches: [QueryReach]

    public init(_ program: Program, artifacts: @escaping ArtifactTexts = { _ in nil }) {
        var analyzer = QueryAnalyzer(artifacts: artifacts)
        analyzer.analyze(program)
        reaches = analyzer.reaches
    }

    /// Analyses a condition, as it stands after WHERE.
    public init(_ condition: ExpressionList, artifacts: @escaping ArtifactTexts = { _ in nil }) {
        var analyzer = QueryAnalyzer(artifacts: artifacts)
        analyzer.analyze([SyntaxElement.list(condition)])
        reaches = analyzer.reaches
    }

    /// The worst of all reaches.
    public var verdict: QueryVerdict {
        reaches.map(\.verdict).max() ?? .readsInvestigation
    }

    /// Those that make the verdict what it is.
    public var reasons: [QueryReach] {
        guard verdict > .readsInvestigation else { return [] }
        return reaches.filter { $0.verdict == verdict }
    }

    /// What is changed, read or unknown, in sentences; empty for a query that only reads what investigations gathered.
    public var explanation: String {
        var sentences: [String] = []
        for reach in reaches.sorted(by: { $0.verdict > $1.verdict }) where reach.verdict > .readsInvestigation {
            if !sentences.contains(reach.sentence) { sentences.append(reach.sentence) }
        }
        return sentences.map { $0 + "." }.joined(separator: " ")
    }

    /// The artifacts that run on the server itself, by name.
    public var artifacts: [String] {
        reaches.filter { $0.kind == .artifact }.map(\.name)
    }

    /// The server's names of all permissions that may be asked for, sorted.
    public var permissions: [String] {
        Set(reaches.flatMap(\.permissions)).sorted()
    }
}
