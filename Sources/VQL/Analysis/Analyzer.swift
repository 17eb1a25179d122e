// SPDX-License-Identifier: Apache-2.0

/// Collects what a query reaches. Texts inside texts wait in a queue, so that nothing here recurses.
struct Analyzer {
    private(set) var reaches: [Reach] = []
    private(set) var missingArtifacts: [String] = []
    /// Names that the query defines, calls and nobody judged.
    private(set) var definedCalls: Set<CalledName> = []
    private let builtins: Set<CalledName>
    private let artifacts: QueryAnalysis.ArtifactLookup?
    private var seenArtifacts: Set<String> = []
    private var pending: [AnalysisUnit] = []
    var open = OpenQuestions()
    /// For how many names there were suggestions: they take time, and nobody reads hundreds.
    private var suggestionCount = 0
    private static let greatestSuggestionCount = 16

    /// Texts inside each other, artifacts included.
    private static let greatestDepth = 32

    init(builtins: Set<CalledName>, artifacts: QueryAnalysis.ArtifactLookup?) {
        self.builtins = builtins
        self.artifacts = artifacts
    }

    /// Whether a call does what a LET of the query says.
    mutating func callsDefinition(_ call: CalledName, in unit: AnalysisUnit) -> Bool {
        // Between backticks stands what the server may read as a path.
        guard unit.defines(call.name), call.name.utf8.allSatisfy(\.continuesName) else { return false }
        definedCalls.insert(call)
        return !builtins.contains(call)
    }

    mutating func run(_ unit: AnalysisUnit) {
        pending = [unit]
        while let next = pending.popLast() {
            for element in SyntaxWalk(next.roots) { visit(element, in: next) }
        }
        reaches += open.answers(after: reaches)
    }

    private mutating func visit(_ element: SyntaxElement, in unit: AnalysisUnit) {
        switch element {
        case .definition(let definition): checkBinding(definition.name, in: unit)
        case .parameter(let parameter): checkBinding(parameter.name, in: unit)
        case .column(let column): if let alias = column.alias { checkBinding(alias, in: unit) }
        case .argument(let argument): checkBinding(argument.name, in: unit)
        case .source(let source): visit(source, in: unit)
        case .index(let index): checkIndex(index, in: unit)
        case .expression(let expression):
            switch expression.kind {
            case .symbol(let symbol): visit(symbol, at: expression.range.start, in: unit)
            case .access(let access): visit(access, in: unit)
            default: break
            }
        default: break
        }
    }

    mutating func report(
        _ kind: Reach.Kind,
        _ name: String,
        _ verdict: QueryVerdict,
        _ sentence: String,
        permissions: [Permission] = [],
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        report(Reach(kind, name, verdict, sentence, permissions: permissions, at: position, in: unit))
    }

    mutating func report(_ reach: Reach) {
        reaches.append(reach)
    }

    mutating func suggestions(for name: String, _ kind: SymbolTable.Kind) -> [String] {
        guard suggestionCount < Self.greatestSuggestionCount else { return [] }
        suggestionCount += 1
        return SymbolTable.nearestNames(to: name, kind)
    }

    /// Looks into a text later.
    mutating func enqueue(
        _ roots: [SyntaxElement],
        as construct: String,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        guard unit.route.count < Self.greatestDepth else {
            return report(
                .code,
                construct,
                .unknown,
                "\(construct) hides code too deeply",
                at: position,
                in: unit
            )
        }
        pending.append(AnalysisUnit(roots, in: unit, as: construct, at: position))
    }

    /// An artifact that is named in the text: its definition is looked into, once.
    mutating func reachArtifact(
        _ name: String,
        as construct: String,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        let texts = artifacts?(name)
        let verdict: QueryVerdict = texts == nil ? .unknown : .readsInvestigation
        let ending = texts == nil ? ", and its definition is not known" : ""
        let sentence = "Artifact.\(name) runs on the server" + ending
        report(.artifact, name, verdict, sentence, permissions: [.collectClient], at: position, in: unit)
        guard seenArtifacts.insert(name).inserted else { return }
        guard let texts else { return missingArtifacts.append(name) }
        var roots: [SyntaxElement] = []
        for text in texts {
            do throws(VQLSyntaxError) {
                roots += try Program(parsing: text).statements.map(\.element)
            } catch {
                let sentence = "Artifact.\(name) has a text that is not valid VQL"
                report(.artifact, name, .unknown, sentence, at: position, in: unit)
            }
        }
        enqueue(roots, as: construct, at: position, in: unit)
    }
}
