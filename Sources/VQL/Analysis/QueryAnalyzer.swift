// SPDX-License-Identifier: Apache-2.0

/// Collects what a query reaches.
///
/// Works through a list of pending elements instead of calling itself, so a deep query costs no stack.
struct QueryAnalyzer {
    private(set) var reaches: [QueryReach] = []
    private var seen: Set<Key> = []
    private var knownArtifacts: Set<String> = []
    private let artifacts: QueryAnalysis.ArtifactTexts
    /// The names that the text being looked at defines by LET, with whether they take parameters.
    private(set) var definitions: [String: Bool] = [:]
    /// Other names that it gives: parameters, column aliases. They hide definitions.
    private(set) var bound: Set<String> = []
    /// Texts of VQL found inside the query that are still to be looked at.
    private var texts: [Text] = []
    private var textCount = 0

    /// A query that holds more texts of code than this is not followed to its end.
    private static let mostTexts = 200

    private enum Text {
        case program(String)
        case lambda(String)
    }

    private struct Key: Hashable {
        var name: String
        var kind: QueryReach.Kind
        var sentence: String
    }

    init(artifacts: @escaping QueryAnalysis.ArtifactTexts) {
        self.artifacts = artifacts
    }

    // MARK: - Going through

    mutating func analyze(_ program: Program) {
        analyze(program.statements.map(\.element))
    }

    mutating func analyze(_ roots: [SyntaxElement]) {
        visit(roots)
        while let text = texts.popLast() { visit(text) }
    }

    private mutating func visit(_ roots: [SyntaxElement]) {
        learnNames(roots)
        for element in SyntaxWalk(roots) {
            switch element {
            case .definition(let definition): checkDefinedName(definition.name)
            case .parameter(let parameter): checkDefinedName(parameter.name)
            case .column(let column): if let alias = column.alias { checkDefinedName(alias) }
            case .source(let source): check(source)
            case .expression(let expression): check(expression)
            case .index(let index): check(index)
            case .select, .argument, .bracketedList, .list: break
            }
        }
    }

    private mutating func visit(_ text: Text) {
        textCount += 1
        guard textCount <= Self.mostTexts else {
            return add("texts", .construct, .unknown, "the query holds too many texts of code to follow", .start)
        }
        do throws(VQLSyntaxError) {
            switch text {
            case .program(let text): visit(try Program(parsing: text).statements.map(\.element))
            case .lambda(let text): visit(lambda: try Lambda(parsing: text))
            }
        } catch {
            add("text", .construct, .unknown, "a text that is run as code cannot be read: \(error.description)", .start)
        }
    }

    private mutating func visit(lambda: Lambda) {
        for parameter in lambda.parameters {
            checkDefinedName(parameter)
            bound.insert(parameter.name)
        }
        visit([.expression(lambda.body)])
    }

    mutating func follow(program text: String) { texts.append(.program(text)) }

    mutating func follow(lambda text: String) { texts.append(.lambda(text)) }

    /// An artifact runs with the rights of the query, on the server.
    mutating func follow(artifact name: String, _ location: NodeLocation) {
        guard knownArtifacts.insert(name).inserted else { return }
        guard let texts = artifacts(name) else {
            let sentence = "artifact \(name) runs on the server, and its definition is not at hand"
            return add(name, .artifact, .unknown, sentence, location)
        }
        add(name, .artifact, .readsInvestigation, "artifact \(name) runs on the server", location)
        for text in texts where !text.isEmpty { follow(program: text) }
    }

    // MARK: - Names

    private mutating func learnNames(_ roots: [SyntaxElement]) {
        for element in SyntaxWalk(roots) {
            switch element {
            case .definition(let definition):
                definitions[definition.name.unquotedName] = definition.parameters?.isEmpty == false
            case .parameter(let parameter): bound.insert(parameter.name.unquotedName)
            case .column(let column): if let alias = column.alias { bound.insert(alias.unquotedName) }
            default: break
            }
        }
    }

    // MARK: - Telling

    mutating func add(
        _ name: String,
        _ kind: QueryReach.Kind,
        _ verdict: QueryVerdict,
        _ sentence: String,
        _ location: NodeLocation,
        permissions: [String] = []
    ) {
        guard seen.insert(Key(name: name, kind: kind, sentence: sentence)).inserted else { return }
        reaches.append(
            QueryReach(
                name: name,
                kind: kind,
                verdict: verdict,
                sentence: sentence,
                permissions: permissions,
                location: location
            )
        )
    }
}

extension NodeLocation {
    fileprivate static let start = NodeLocation(SourceRange(start: .start, end: .start))
}
