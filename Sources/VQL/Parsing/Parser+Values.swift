// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // value = symbol | '(' list ')' | string | number | TRUE | FALSE | NULL
    mutating func parseValue() throws(ParseFailure) -> Expression {
        switch peek() {
        case .leftParenthesis:
            return try alternative { (parser) throws(ParseFailure) in try parser.parseParenthesized() }
        default:
            return try parseNameOrLiteral()
        }
    }

    // A value that does not begin with a parenthesis.
    mutating func parseNameOrLiteral() throws(ParseFailure) -> Expression {
        switch peek() {
        case .identifier, .negatedIdentifier: try parseSymbol()
        default: try parseLiteral()
        }
    }

    private mutating func parseLiteral() throws(ParseFailure) -> Expression {
        let start = cursor
        let kind = try literal()
        cursor += 1
        return Expression(kind, location: location(from: start))
    }

    private func literal() throws(ParseFailure) -> Expression.Kind {
        let token = tokens[cursor]
        switch token.kind {
        case .null: return .null
        case .trueKeyword: return .boolean(true)
        case .falseKeyword: return .boolean(false)
        case .number: return .number(NumberLiteral(spelling: text(of: token.range)))
        case .string, .rawString:
            return .string(StringLiteral(spelling: text(of: token.range)))
        default: throw unexpected(.symbol)
        }
    }

    private mutating func parseParenthesized() throws(ParseFailure) -> Expression {
        let start = cursor
        cursor += 1
        let content = try parseList()
        try expect(.rightParenthesis, .closingParenthesis)
        return Expression(.parenthesized(ParenthesizedList(around: content)), location: location(from: start))
    }

    // symbol = (identifier | -identifier) ('.' identifier)* ('(' arguments ')')*
    private mutating func parseSymbol() throws(ParseFailure) -> Expression {
        let start = cursor
        let isNegated = peek() == .negatedIdentifier
        var path = [firstName(isNegated: isNegated)]
        try parseDottedNames(into: &path)
        var calls: [ArgumentList] = []
        while peek() == .leftParenthesis,
            let call = try optional({ (parser) throws(ParseFailure) in try parser.parseArguments() })
        {
            calls.append(call)
        }
        return Expression(
            .symbol(Symbol(isNegated: isNegated, path: path, calls: calls)),
            location: location(from: start)
        )
    }

    private mutating func firstName(isNegated: Bool) -> Identifier {
        let range = tokens[cursor].range
        cursor += 1
        let spelling = text(ofBytes: range.start.byteOffset + (isNegated ? 1 : 0)..<range.end.byteOffset)
        return Identifier(spelling: spelling, location: NodeLocation(range))
    }

    mutating func parseDottedNames(into path: inout [Identifier]) throws(ParseFailure) {
        while peek() == .dot,
            let name = try optional({ (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseIdentifier(.parameter)
            })
        {
            path.append(name)
        }
    }
}
