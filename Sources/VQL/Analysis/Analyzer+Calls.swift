// SPDX-License-Identifier: Apache-2.0

extension Analyzer {
    mutating func visit(_ source: Source, in unit: AnalysisUnit) {
        let position = source.range.start
        guard let arguments = source.arguments else { return checkVariable(source.path, at: position, in: unit) }
        let first = source.path[0].name
        if source.path.count > 1, first == AnalysisNames.artifact, !unit.hidesArtifact, hasPlainNames(source.path) {
            let name = source.path.dropFirst().map(\.name).joined(separator: ".")
            return reachArtifact(name, as: "Artifact.\(name)", at: position, in: unit)
        }
        if source.path.count == 1, let entry = SymbolTable.entry(first, .plugin) {
            return judge(AnalyzedCall(entry, arguments.arguments, position), in: unit)
        }
        open.mayCallValues = true
        checkVariable(source.path, at: position, in: unit)
        // No built-in has a path.
        let isDefined =
            source.path.count > 1 ? unit.defines(first) : callsDefinition(CalledName(first, .plugin), in: unit)
        if !isDefined { reportUnknown(source.name, .plugin, at: position, in: unit) }
    }

    mutating func visit(_ symbol: Symbol, at position: SourcePosition, in unit: AnalysisUnit) {
        let first = symbol.path[0].name
        if symbol.isCalled, symbol.path.count == 1, let entry = SymbolTable.entry(first, .function) {
            return judge(AnalyzedCall(entry, symbol.arguments, position), in: unit)
        }
        checkVariable(symbol.path, at: position, in: unit)
        guard symbol.isCalled else { return }
        if symbol.path.count == 1, callsDefinition(CalledName(first, .function), in: unit) { return }
        reportUnknown(symbol.name, .function, at: position, in: unit)
    }

    private func hasPlainNames(_ path: [Identifier]) -> Bool {
        path.allSatisfy { !$0.spelling.utf8.contains(ASCII.backslash) }
    }

    private mutating func reportUnknown(
        _ name: String,
        _ kind: SymbolTable.Kind,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        let near = suggestions(for: name, kind).map { $0 + "()" }
        let question = near.isEmpty ? "" : " (did you mean \(near.joined(separator: " or "))?)"
        let other: SymbolTable.Kind = kind == .plugin ? .function : .plugin
        let sentence =
            SymbolTable.entry(name, other) == nil
            ? "\(name)() is no \(kind) that is known\(question)"
            : "\(name)() is a \(other) and no \(kind)"
        report(kind == .plugin ? .plugin : .function, name, .unknown, sentence, at: position, in: unit)
    }

    private mutating func judge(_ call: AnalyzedCall, in unit: AnalysisUnit) {
        let accessors = call.accessors
        accessors.forEach { reportAccessor($0, of: call, in: unit) }
        let judgement = call.judgement(with: accessors)
        report(
            call.entry.kind == .plugin ? .plugin : .function,
            call.entry.name,
            judgement.verdict,
            "\(call.entry.name)() \(judgement.phrase)",
            permissions: call.entry.permissions,
            at: call.position,
            in: unit
        )
        for rule in ArgumentEffect.rules[call.entry.name] ?? [] { apply(rule, to: call, in: unit) }
        switch call.entry.name {
        case "query": noteOrganization(of: call, in: unit)
        case "get": open.mayCallValues = true
        default: break
        }
        if call.hidesArguments {
            let sentence = "\(call.entry.name)(**) takes arguments that are not written out"
            report(.code, "\(call.entry.name)(**)", .unknown, sentence, at: call.position, in: unit)
        }
    }

    private mutating func noteOrganization(of call: AnalyzedCall, in unit: AnalysisUnit) {
        guard let value = call.values(of: "org_id").first else { return }
        let sentence = "query(org_id) runs in another organisation, which can have other artifacts of these names"
        let position = value.location.range.start
        open.add(organization: Reach(.code, "query(org_id)", .unknown, sentence, at: position, in: unit))
    }

    private mutating func reportAccessor(_ accessor: AnalyzedAccessor, of call: AnalyzedCall, in unit: AnalysisUnit) {
        report(
            .accessor,
            accessor.name,
            accessor.judgement.verdict,
            "\(call.entry.name)(accessor) \(accessor.judgement.phrase)",
            permissions: SymbolTable.entry(accessor.name, .accessor)?.permissions ?? [],
            at: accessor.position,
            in: unit
        )
    }
}
