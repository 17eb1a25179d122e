// SPDX-License-Identifier: Apache-2.0

extension Analyzer {
    /// Looks at an argument that takes code, or that makes the call worse.
    mutating func apply(_ rule: ArgumentEffect.Rule, to call: AnalyzedCall, in unit: AnalysisUnit) {
        let construct = "\(call.entry.name)(\(rule.argument))"
        let values = call.values(of: rule.argument)
        if case .needed(let names, let otherwise) = rule.effect, names.allSatisfy({ call.values(of: $0).isEmpty }) {
            return reportCode("\(call.entry.name)()", .unknown, otherwise, at: call.position, in: unit)
        }
        for value in values { apply(rule.effect, to: value, as: construct, in: unit) }
    }

    private mutating func apply(
        _ effect: ArgumentEffect,
        to value: ArgumentValue,
        as construct: String,
        in unit: AnalysisUnit
    ) {
        let position = value.location.range.start
        switch effect {
        case .needed: return
        case .worsens(let verdict, let phrase):
            return reportCode(construct, verdict, phrase, at: position, in: unit)
        case .limited(let allowed, let verdict, let phrase):
            if value.literalTexts?.allSatisfy(allowed.allows) == true { return }
            return reportCode(construct, verdict, phrase, at: position, in: unit)
        case .statements: if case .select = value { return }
        default: break
        }
        guard let texts = value.literalTexts else {
            return reportCode(construct, .unknown, "is not written out in the text", at: position, in: unit)
        }
        for text in texts { apply(effect, to: text, as: construct, at: position, in: unit) }
    }

    private mutating func apply(
        _ effect: ArgumentEffect,
        to text: String,
        as construct: String,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        switch effect {
        case .statements, .lambda: lookInto(text, effect, as: construct, at: position, in: unit)
        case .artifact: reachArtifact(text, as: construct, at: position, in: unit)
        case .memberPath:
            let members = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            members.forEach { checkMember($0, at: position, in: unit) }
            if members.contains("") {
                reportCode(construct, .unknown, "names no member", at: position, in: unit)
            }
        // Lambdas need a `>`, which escapes can hide.
        case .profile where text.utf8.contains(where: { $0 == UInt8(ascii: ">") || $0 == ASCII.backslash }):
            reportCode(construct, .unknown, "can hide code in its profile", at: position, in: unit)
        case .profile, .limited, .worsens, .needed: break
        }
    }

    private mutating func lookInto(
        _ text: String,
        _ effect: ArgumentEffect,
        as construct: String,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        do throws(VQLSyntaxError) {
            if case .lambda = effect {
                let lambda = try Lambda(parsing: text)
                lambda.parameters.forEach { checkBinding($0, in: unit) }
                enqueue([.expression(lambda.body)], as: construct, at: position, in: unit)
            } else {
                let program = try Program(parsing: text)
                enqueue(program.statements.map(\.element), as: construct, at: position, in: unit)
            }
        } catch {
            reportCode(construct, .unknown, "holds a text that is not valid VQL", at: position, in: unit)
        }
    }

    private mutating func reportCode(
        _ construct: String,
        _ verdict: QueryVerdict,
        _ phrase: String,
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        report(.code, construct, verdict, "\(construct) \(phrase)", at: position, in: unit)
    }
}
