// SPDX-License-Identifier: Apache-2.0

extension Analyzer {
    /// A name that gets a value: by LET, AS, as a parameter or as an argument.
    mutating func checkBinding(_ name: Identifier, in unit: AnalysisUnit) {
        checkSpelling(name, in: unit)
        if AnalysisNames.isInternal(name.unquotedName) { reportInternal(name.unquotedName, name.range.start, unit) }
    }

    /// The server reads a backslash in a name differently from place to place.
    private mutating func checkSpelling(_ name: Identifier, in unit: AnalysisUnit) {
        guard name.isQuoted, name.spelling.utf8.contains(ASCII.backslash) else { return }
        report(
            .variable,
            name.name,
            .unknown,
            "\(name.spelling) may be another name than it seems",
            at: name.range.start,
            in: unit
        )
    }

    /// A dotted name that is read as a value.
    mutating func checkVariable(_ path: [Identifier], at position: SourcePosition, in unit: AnalysisUnit) {
        path.forEach { checkSpelling($0, in: unit) }
        let first = path[0].name
        if first == AnalysisNames.config { return checkConfig(path.dropFirst().map(\.name), at: position, in: unit) }
        path.forEach { checkMember($0.name, at: position, in: unit) }
    }

    private mutating func checkConfig(_ members: [String], at position: SourcePosition, in unit: AnalysisUnit) {
        let name = ([AnalysisNames.config] + members).joined(separator: ".")
        let startsLower = members.allSatisfy {
            $0.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= $0 } ?? false
        }
        if startsLower, let first = members.first, AnalysisNames.harmlessConfig.contains(first) {
            return report(
                .variable,
                name,
                .readsInvestigation,
                "\(name) is the server's version",
                at: position,
                in: unit
            )
        }
        members.forEach { checkMember($0, at: position, in: unit) }
        let sentence = "\(name) shows the client configuration, with the secret that enrols clients"
        report(.variable, name, .readsServer, sentence, at: position, in: unit)
    }

    /// A name on its own or after a dot, or a text as an index.
    mutating func checkMember(_ name: String, at position: SourcePosition, in unit: AnalysisUnit) {
        if AnalysisNames.isInternal(name) { return reportInternal(name, position, unit) }
        if name == AnalysisNames.artifact {
            let sentence = "Artifact is used as a value, so any artifact can be run with it"
            report(.variable, name, .unknown, sentence, at: position, in: unit)
        } else if name == AnalysisNames.config {
            let sentence = "config shows the client configuration, with the secret that enrols clients"
            report(.variable, name, .readsServer, sentence, at: position, in: unit)
        } else if AnalysisNames.actingMethods.contains(name) {
            let sentence = "reading the member \(name) can call a method of the server's objects"
            report(.variable, name, .unknown, sentence, at: position, in: unit)
        }
    }

    private mutating func reportInternal(_ name: String, _ position: SourcePosition, _ unit: AnalysisUnit) {
        report(.variable, name, .unknown, "\(name) is one of the server's own objects", at: position, in: unit)
    }

    mutating func checkIndex(_ index: Index, in unit: AnalysisUnit) {
        for value in index.lowerValues + index.upperValues {
            guard case .string(let literal) = value.kind else { continue }
            checkMember(literal.text ?? "$", at: value.range.start, in: unit)
        }
    }

    mutating func visit(_ access: Access, at position: SourcePosition, in unit: AnalysisUnit) {
        var hasIndex = false
        for step in access.steps {
            switch step {
            case .member(let name):
                checkSpelling(name, in: unit)
                checkMember(name.unquotedName, at: name.range.start, in: unit)
            case .index: hasIndex = true
            }
        }
        guard hasIndex, case .symbol(let symbol) = access.base.kind, symbol.path[0].name == AnalysisNames.config
        else { return }
        let sentence = "config[…] reads a member of the configuration that is not written out"
        report(.variable, AnalysisNames.config, .unknown, sentence, at: position, in: unit)
    }
}

extension StringLiteral {
    /// `nil` if it is not UTF-8.
    var text: String? {
        String(validating: bytes, as: UTF8.self)
    }
}
