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
        path.dropLast().forEach { checkMember($0.name, at: position, in: unit) }
        checkLastMember(path[path.count - 1].name, at: position, in: unit)
    }

    /// A name that nothing is taken of, where it stands.
    private mutating func checkLastMember(_ name: String, at position: SourcePosition, in unit: AnalysisUnit) {
        guard name == AnalysisNames.artifact else { return checkMember(name, at: position, in: unit) }
        open.add(artifactValue: artifactValue(at: position, in: unit))
    }

    private func artifactValue(at position: SourcePosition, in unit: AnalysisUnit) -> Reach {
        let sentence = "Artifact is used as a value, so any artifact can be run with it"
        return Reach(.variable, AnalysisNames.artifact, .unknown, sentence, at: position, in: unit)
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
            report(artifactValue(at: position, in: unit))
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
            switch value.kind {
            case .string(let literal):
                open.mayCallValues = true
                checkMember(literal.text ?? "$", at: value.range.start, in: unit)
            case .number, .boolean, .null: break
            // An object of the server answers to the names of its methods, and some of them act.
            default:
                guard !index.isSlice else { continue }
                let sentence = "an index that is computed may name any member"
                report(.code, "[…]", .unknown, sentence, at: value.range.start, in: unit)
            }
        }
    }

    mutating func visit(_ access: Access, in unit: AnalysisUnit) {
        for (index, step) in access.steps.enumerated() {
            guard case .member(let name) = step else { continue }
            checkSpelling(name, in: unit)
            let isLast = index == access.steps.count - 1
            if isLast {
                checkLastMember(name.unquotedName, at: name.range.start, in: unit)
            } else {
                checkMember(name.unquotedName, at: name.range.start, in: unit)
            }
        }
    }
}

extension StringLiteral {
    /// `nil` if it is not UTF-8.
    var text: String? {
        String(validating: bytes, as: UTF8.self)
    }
}
