// SPDX-License-Identifier: Apache-2.0

extension QueryAnalyzer {
    mutating func check(_ expression: Expression) {
        switch expression.kind {
        case .symbol(let symbol) where symbol.isCalled: check(call: symbol, expression.location)
        case .symbol(let symbol): check(path: symbol.path, expression.location)
        case .access(let access):
            for case .member(let member) in access.steps { checkMember(member.unquotedName, expression.location) }
        default: break
        }
    }

    private mutating func check(call symbol: Symbol, _ location: NodeLocation) {
        guard symbol.path.count == 1, let name = symbol.path.first?.name else {
            check(path: symbol.path, location)
            let sentence = "\(symbol.name)() is a member that is called"
            return add(symbol.name, .construct, .unknown, sentence, location)
        }
        if let builtin = VQLSymbolTable.symbol(name, .function) {
            return judge(builtin, CallArguments(symbol.arguments), location)
        }
        // The body of a LET is looked at where it stands.
        guard definitions[name] != nil, !bound.contains(name) else {
            return add(name, .function, .unknown, "\(name)() is no function that is known", location)
        }
        checkSpread(CallArguments(symbol.arguments), name, location)
    }

    // MARK: - FROM

    mutating func check(_ source: Source) {
        let location = source.location
        let arguments = CallArguments(source.arguments?.arguments ?? [])
        guard let first = source.path.first?.name else { return }
        if first == "Artifact", source.path.count > 1 { return checkArtifact(source, arguments) }
        if source.path.count == 1, source.isCalled, let builtin = VQLSymbolTable.symbol(first, .plugin) {
            return judge(builtin, arguments, location)
        }
        checkSpread(arguments, first, location)
        check(path: source.path, location)
        if definitions[first] == nil || bound.contains(first) {
            add(source.name, .plugin, .unknown, "\(source.name) is no plugin that is known", location)
        }
    }

    /// `FROM Artifact.A.B(…)` runs exactly that artifact, unless the query itself names something `Artifact`.
    private mutating func checkArtifact(_ source: Source, _ arguments: CallArguments) {
        let name = source.path.dropFirst().map(\.name).joined(separator: ".")
        checkSpread(arguments, name, source.location)
        if bound.contains("Artifact") || definitions["Artifact"] != nil || name.contains("$") {
            return add(name, .artifact, .unknown, "which artifact \(source.name) is cannot be told", source.location)
        }
        follow(artifact: name, source.location)
    }

    // MARK: - Built-ins

    private mutating func judge(_ symbol: VQLSymbol, _ arguments: CallArguments, _ location: NodeLocation) {
        checkSpread(arguments, symbol.name, location)
        followCode(of: symbol, arguments, location)
        let kind: QueryReach.Kind = symbol.kind == .plugin ? .plugin : .function
        let (verdict, sentence) = verdict(on: symbol, arguments)
        add(symbol.name, kind, verdict, sentence, location, permissions: symbol.permissions)
    }

    private func verdict(on symbol: VQLSymbol, _ arguments: CallArguments) -> (QueryVerdict, String) {
        if let special = SpecialCall.verdict(on: symbol, arguments) { return special }
        let name = symbol.name
        switch SymbolJudgement.of(symbol) {
        case .harmless?: return (.readsInvestigation, "\(name)() reads")
        case .readsServer?: return (.readsServer, "\(name)() \(SymbolEffects.revealed(by: name))")
        case .changes?: return (.changes, "\(name)() \(SymbolEffects.effect(of: name))")
        case .readsFile?: return FileAccess.verdict(on: name, arguments)
        case .unknown?, nil: return (.unknown, "what \(name)() does cannot be told from the query")
        }
    }

    /// Arguments that come out of a dictionary are not in the text.
    private mutating func checkSpread(_ arguments: CallArguments, _ name: String, _ location: NodeLocation) {
        guard arguments.isSpread else { return }
        add(name, .construct, .unknown, "the arguments of \(name)() are put together when it runs", location)
    }
}
