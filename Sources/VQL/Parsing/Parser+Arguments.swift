// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // arguments = '(' (argument (',' argument)*)? ')'
    mutating func parseArguments() throws(ParseFailure) -> ArgumentList {
        try enter()
        defer { leave() }
        let start = cursor
        cursor += 1
        var arguments: [Argument] = []
        let first = try optional { (parser) throws(ParseFailure) in try parser.parseArgument() }
        if let first {
            arguments.append(first)
            while peek() == .comma,
                let next = try optional({ (parser) throws(ParseFailure) in
                    parser.cursor += 1
                    return try parser.parseArgument()
                })
            {
                arguments.append(next)
            }
        }
        try expect(.rightParenthesis, .closingParenthesis)
        return ArgumentList(arguments: arguments, location: location(from: start))
    }

    // argument = identifier '=' value
    private mutating func parseArgument() throws(ParseFailure) -> Argument {
        let start = cursor
        let name = try parseIdentifier(.argument)
        try expect(.equal, .argumentValue)
        return Argument(name: name, value: try parseArgumentValue(), location: location(from: start))
    }

    // value = '{' select '}' | '[' list? ']' | expression
    mutating func parseArgumentValue() throws(ParseFailure) -> ArgumentValue {
        let start = cursor
        switch peek() {
        case .leftBrace:
            let select = try parseBracedSelect()
            return .select(select, location: location(from: start))
        case .leftBracket:
            return .list(try alternative { (parser) throws(ParseFailure) in try parser.parseBracketedList() })
        default:
            return .expression(try parseExpression())
        }
    }

    private mutating func parseBracketedList() throws(ParseFailure) -> BracketedList {
        try enter()
        defer { leave() }
        let start = cursor
        cursor += 1
        let content = try optional { (parser) throws(ParseFailure) in try parser.parseList() }
        try expect(.rightBracket, .closingBracket)
        return BracketedList(content: content, location: location(from: start))
    }
}
