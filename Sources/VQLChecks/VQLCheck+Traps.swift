// SPDX-License-Identifier: Apache-2.0

internal import VQL

/// What is read differently from how it looks.
extension VQLCheck {
    mutating func check(_ expression: Expression) {
        switch expression.kind {
        case .symbol(let symbol): check(symbol, at: expression.range.start)
        case .and(let chain): checkMix(chain)
        case .comparison(let chain): checkComparison(chain, at: expression.range.start)
        default: break
        }
    }

    private mutating func checkMix(_ chain: OperatorChain<AndOperator>) {
        for operand in chain.operands {
            guard case .or = operand.kind else { continue }
            add(
                .warning,
                "OR binds tighter than AND here: a AND b OR c is a AND (b OR c).",
                "Put parentheses around what belongs together.",
                at: operand.range.start
            )
        }
    }

    private mutating func checkComparison(_ chain: OperatorChain<ComparisonOperator>, at position: SourcePosition) {
        if chain.links.count > 1 {
            add(
                .warning,
                "Of a chain of comparisons only the last one counts: 5 < 3 < 10 is 5 < 10.",
                "Join two comparisons with AND.",
                at: position
            )
        }
        var left = chain.first
        for link in chain.links {
            if link.operation == .neverUnequal {
                add(.error, "<> is always FALSE.", "Write != for unequal.", at: link.location.range.start)
            }
            checkType(left, link)
            left = link.operand
        }
    }

    /// As the server writes them.
    package static let artifactTypes = ["client", "server", "client_event", "server_event", "internal", "notebook"]

    /// `type = 'CLIENT'` never holds: `=` minds the case, and artifact types are lower case.
    private mutating func checkType(_ left: Expression, _ link: OperatorChain<ComparisonOperator>.Link) {
        guard link.operation == .equal || link.operation == .notEqual, case .symbol(let symbol) = left.kind,
            symbol.path.last?.name == "type", case .string(let literal) = link.operand.kind
        else { return }
        let text = String(decoding: literal.bytes, as: UTF8.self)
        guard text != text.lowercased(), Self.artifactTypes.contains(text.lowercased()) else { return }
        add(
            .warning,
            "Artifact types are lower case, and = minds the case.",
            "Write '\(text.lowercased())', or compare with =~.",
            at: link.operand.range.start
        )
    }
}
