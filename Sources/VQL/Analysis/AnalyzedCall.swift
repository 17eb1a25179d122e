// SPDX-License-Identifier: Apache-2.0

/// A call of a built-in, as the analysis looks at it.
struct AnalyzedCall {
    let entry: SymbolTable.Entry
    let position: SourcePosition
    private let arguments: [Argument]

    init(_ entry: SymbolTable.Entry, _ arguments: [Argument], _ position: SourcePosition) {
        self.entry = entry
        self.arguments = arguments
        self.position = position
    }

    /// All that is given under a name, whatever its case: it may be given twice.
    func values(of name: String) -> [ArgumentValue] {
        arguments.filter { $0.name.unquotedName.lowercased() == name }.map(\.value)
    }

    /// Whether `**` brings arguments that matter and that are not in the text.
    var hidesArguments: Bool {
        takesDictionary && (takesAccessor || ArgumentEffect.rules[entry.name] != nil)
    }

    /// Whether `**` is there, whose members become arguments, also in the place of those in the text.
    private var takesDictionary: Bool {
        arguments.contains { $0.name.unquotedName == "**" }
    }

    /// What the call does, with the arguments that make it better than its name.
    func judgement(with accessors: [AnalyzedAccessor]) -> Judgement {
        let judgement = Judgement.of(entry)
        if judgement.canReadGivenText, spellsExactly("accessor"),
            let worst = accessors.map(\.judgement).max(by: { $0.verdict < $1.verdict })
        {
            return worst
        }
        if entry.name == "label", isOnly("check", "op") {
            return Judgement(verdict: .readsInvestigation, phrase: "with op='check' only reads the labels of a client")
        }
        return judgement
    }

    /// Whether an argument is there and is this text, however often it is given, and nothing else can give it.
    private func isOnly(_ text: String, _ name: String) -> Bool {
        let values = values(of: name)
        guard !values.isEmpty, !takesDictionary, spellsExactly(name) else { return false }
        return values.allSatisfy { $0.literalTexts == [text] }
    }

    /// Whether the server sees each of these arguments, too: it does not know `Accessor`.
    private func spellsExactly(_ name: String) -> Bool {
        arguments.map(\.name.unquotedName).allSatisfy { $0 == name || $0.lowercased() != name }
    }

    private var takesAccessor: Bool {
        entry.arguments.contains { $0.name == "accessor" }
    }

    /// The accessors that the call names; none if it leaves the choice to the server.
    var accessors: [AnalyzedAccessor] {
        guard takesAccessor else { return [] }
        let readsVariable = readsPlainVariable
        return values(of: "accessor").map { value in
            let position = value.location.range.start
            guard let texts = value.literalTexts, let name = texts.first, texts.count == 1 else {
                let judgement = Judgement(verdict: .unknown, phrase: "is not written out")
                return AnalyzedAccessor(name: "", position: position, judgement: judgement)
            }
            return AnalyzedAccessor(
                name: name,
                position: position,
                judgement: Self.judgement(ofAccessor: name, readsVariable)
            )
        }
    }

    private static func judgement(ofAccessor name: String, _ readsVariable: Bool) -> Judgement {
        if name == "scope", readsVariable {
            return Judgement(verdict: .readsInvestigation, phrase: "reads a variable of the query")
        }
        guard let entry = SymbolTable.entry(name, .accessor) else {
            return Judgement(verdict: .unknown, phrase: "names an accessor that is not known")
        }
        return Judgement.of(entry)
    }

    /// Whether every path that is given is the plain name of a variable, and none of the server's.
    private var readsPlainVariable: Bool {
        let names = entry.arguments.filter { $0.kind == .path }.map(\.name)
        let paths = names.flatMap { values(of: $0) }
        return !paths.isEmpty
            && paths.allSatisfy { path in
                guard let texts = path.literalTexts, !texts.isEmpty else { return false }
                return texts.allSatisfy { text in
                    text.utf8.first?.startsName ?? false && text.utf8.allSatisfy(\.continuesName)
                        && text != AnalysisNames.artifact && text != AnalysisNames.config
                }
            }
    }
}

/// An accessor that a call names.
struct AnalyzedAccessor {
    /// Empty if it is not a literal.
    let name: String
    let position: SourcePosition
    let judgement: Judgement
}

extension ArgumentValue {
    /// The texts, if it is a literal text or a list of literal texts; `nil` if anything else is in it.
    var literalTexts: [String]? {
        switch self {
        case .select: nil
        case .list(let list): list.content.map(Self.texts) ?? []
        case .expression(let expression):
            switch expression.kind {
            case .string(let literal): literal.text.map { [$0] }
            case .parenthesized(let list): Self.texts(list.content)
            default: nil
            }
        }
    }

    private static func texts(_ list: ExpressionList) -> [String]? {
        var texts: [String] = []
        for expression in [list.first] + list.rest.flatMap(\.expressions) {
            guard case .string(let literal) = expression.kind, let text = literal.text else { return nil }
            texts.append(text)
        }
        return texts
    }
}
