// SPDX-License-Identifier: Apache-2.0

/// What a query can reach, and what that does: for a gate and for a question before something is changed.
///
/// It counts every call in the text, also those that may never run, and looks into lambdas and queries that are given
/// as literal texts. What it has not judged, and code that is not in the text, is ``QueryVerdict/unknown``: nothing is
/// harmless by default. It says nothing of rights; the server checks those when the query runs.
///
/// It holds for servers that have no other built-ins than ``SymbolTable``: a LET of the name of a newer one is taken
/// for what the LET says, while that server calls its own.
public struct QueryAnalysis: Sendable {
    /// The VQL texts of an artifact: sources, preconditions, exports, imports, notebooks. `nil` if it is not known.
    public typealias ArtifactLookup = (String) -> [String]?

    /// All that can be reached. What is inside a text comes after the call that takes the text.
    public let reaches: [Reach]
    /// Artifacts that are called by their literal names and whose texts nobody gave, without repetitions.
    ///
    /// Analyse again with a lookup that has them, until this is empty or holds only what does not exist.
    public let missingArtifacts: [String]

    /// Analyses a whole request.
    public init(of program: Program, artifacts: ArtifactLookup? = nil) {
        self.init(roots: program.statements.map(\.element), artifacts)
    }

    /// Analyses what stands after WHERE.
    public init(of condition: ExpressionList, artifacts: ArtifactLookup? = nil) {
        self.init(roots: [.list(condition)], artifacts)
    }

    private init(roots: [SyntaxElement], _ artifacts: ArtifactLookup?) {
        var analyzer = Analyzer(artifacts: artifacts)
        analyzer.run(AnalysisUnit(roots))
        reaches = analyzer.reaches
        missingArtifacts = analyzer.missingArtifacts
    }
}

extension QueryAnalysis {
    /// The worst of all that can be reached.
    public var verdict: QueryVerdict {
        reaches.map(\.verdict).max() ?? .readsInvestigation
    }

    /// Whether it neither changes anything nor hides anything, though it may read the server's machine.
    public var isReading: Bool {
        verdict <= .readsServer
    }

    /// Sentences for all that is at least this bad, the worst first, none twice.
    public func sentences(from least: QueryVerdict) -> [String] {
        var known: Set<String> = []
        return QueryVerdict.allCases.reversed().prefix { $0 >= least }.flatMap { verdict in
            reaches.filter { $0.verdict == verdict }.map(\.sentence).filter { known.insert($0).inserted }
        }
    }

    /// All rights that the table names for what is reached, in order of their names.
    public var permissions: [Permission] {
        Set(reaches.flatMap(\.permissions)).sorted { $0.rawValue < $1.rawValue }
    }
}
