// SPDX-License-Identifier: Apache-2.0

/// What a query can reach, and what that does: for a gate and for a question before something is changed.
///
/// It counts every call in the text, also those that may never run, and looks into lambdas and queries that are given
/// as literal texts. What it has not judged, and code that is not in the text, is ``QueryVerdict/unknown``: nothing is
/// harmless by default. It says nothing of rights; the server checks those when the query runs.
///
/// A name that the query defines itself and calls is taken for what it defines, while a server that has a built-in of
/// that name calls its own. ``SymbolTable`` knows those of one version: ask the server for ``definedCalls``, and give
/// what it has.
public struct QueryAnalysis: Sendable {
    /// The VQL texts of an artifact: sources, preconditions, exports, imports, notebooks. `nil` if it is not known.
    public typealias ArtifactLookup = (String) -> [String]?

    /// All that can be reached. What is inside a text comes after the call that takes the text.
    public let reaches: [Reach]
    /// Artifacts that are called by their literal names and whose texts nobody gave, without repetitions.
    ///
    /// Analyse again with a lookup that has them, until this is empty or holds only what does not exist.
    public let missingArtifacts: [String]
    /// What is called, defined by a LET and no built-in that is known.
    public let definedCalls: Set<CalledName>

    /// Analyses a whole request.
    ///
    /// - Parameter builtins: Of the names that are called and that the query defines, those that the server has.
    public init(of program: Program, builtins: Set<CalledName> = [], artifacts: ArtifactLookup? = nil) {
        self.init(roots: program.statements.map(\.element), builtins, artifacts)
    }

    /// Analyses what stands after WHERE.
    public init(of condition: ExpressionList, artifacts: ArtifactLookup? = nil) {
        self.init(roots: [.list(condition)], [], artifacts)
    }

    private init(roots: [SyntaxElement], _ builtins: Set<CalledName>, _ artifacts: ArtifactLookup?) {
        var analyzer = Analyzer(builtins: builtins, artifacts: artifacts)
        analyzer.run(AnalysisUnit(roots))
        reaches = analyzer.reaches
        missingArtifacts = analyzer.missingArtifacts
        definedCalls = analyzer.definedCalls
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
