// SPDX-License-Identifier: Apache-2.0

extension SyntaxPrinter {
    mutating func write(_ list: ExpressionList) {
        write(list.first)
        for item in list.rest {
            write(", ")
            write(effective(item.expressions), separator: " ") { $0.write($1) }
        }
    }

    mutating func write(_ expression: Expression) {
        switch expression.kind {
        case .null: write("NULL")
        case .boolean(let value): write(value ? "TRUE" : "FALSE")
        case .number(let number): write(style == .canonical ? number.canonicalText : number.spelling)
        case .string(let string): write(string.spelling)
        case .symbol(let symbol): write(symbol)
        case .parenthesized(let list):
            write(String(repeating: "(", count: list.pairs))
            write(list.content)
            write(String(repeating: ")", count: list.pairs))
        case .access(let access): write(access)
        case .not(let operand):
            write("NOT ")
            write(operand)
        case .multiplication(let chain): write(chain) { " \($0.rawValue) " }
        case .addition(let chain): write(chain) { " \($0.rawValue) " }
        case .comparison(let chain): write(chain) { " \($0.rawValue) " }
        case .or(let chain): write(chain) { " \($0.spelling) " }
        case .and(let chain):
            // Two blanks before it: so the server writes it.
            write(chain) { "  \($0.spelling) " }
        }
    }

    private mutating func write<Operator>(_ chain: OperatorChain<Operator>, _ spell: (Operator) -> String) {
        write(chain.first)
        for link in chain.links {
            write(spell(link.operation))
            write(link.operand)
        }
    }

    private mutating func write(_ symbol: Symbol) {
        if symbol.isNegated { write("-") }
        write(symbol.path)
        if style == .canonical, let first = symbol.calls.first {
            write([ArgumentList(arguments: symbol.arguments, location: first.location)])
        } else {
            write(symbol.calls)
        }
    }

    private mutating func write(_ access: Access) {
        write(access.base)
        for step in access.steps {
            switch step {
            case .member(let name): write(".\(name.spelling)")
            case .index(let index): write(index)
            }
        }
    }

    private mutating func write(_ index: Index) {
        write("[")
        write(effective(index.lowerValues), separator: " ") { $0.write($1) }
        write(String(repeating: ":", count: style == .canonical ? min(1, index.colonCount) : index.colonCount))
        write(effective(index.upperValues), separator: " ") { $0.write($1) }
        write("]")
    }

    /// Of several expressions where one was meant, the last is what counts.
    private func effective(_ expressions: [Expression]) -> ArraySlice<Expression> {
        style == .canonical ? expressions.suffix(1) : expressions[...]
    }
}
