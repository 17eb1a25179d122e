// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // request = statement+
    mutating func parseProgram() throws(ParseFailure) -> Program {
        var statements = [try parseStatement()]
        while let statement = try optional({ (parser) throws(ParseFailure) in try parser.parseStatement() }) {
            statements.append(statement)
        }
        guard peek() == .endOfText else { throw failureOfTrailingText() }
        return Program(statements: statements, location: location(from: 0))
    }

    // statement = definition | select
    private mutating func parseStatement() throws(ParseFailure) -> Statement {
        if peek() == .letKeyword {
            return .definition(
                try alternative { (parser) throws(ParseFailure) in try parser.parseDefinition() }
            )
        }
        return .select(try alternative { (parser) throws(ParseFailure) in try parser.parseSelect() })
    }

    // definition = LET identifier ( '(' parameters ')' )? ('=' | '<=') (select | expression)
    private mutating func parseDefinition() throws(ParseFailure) -> Definition {
        let start = cursor
        cursor += 1
        let name = try parseIdentifier(.definition)
        var parameters: [Parameter]?
        if peek() == .leftParenthesis {
            parameters = try optional { (parser) throws(ParseFailure) in try parser.parseParameters() }
        }
        let binding: Definition.Binding = peek() == .lessOrEqual ? .materialized : .lazy
        guard take(.equal) || take(.lessOrEqual) else { throw unexpected(.binding) }
        return Definition(
            name: name,
            parameters: parameters,
            binding: binding,
            body: try parseDefinitionBody(),
            location: location(from: start)
        )
    }

    private mutating func parseDefinitionBody() throws(ParseFailure) -> Definition.Body {
        switch peek() {
        case .select, .explain:
            .select(try alternative { (parser) throws(ParseFailure) in try parser.parseSelect() })
        default:
            .expression(try parseExpression())
        }
    }

    // parameters = '(' (parameter (',' parameter)*)? ')'
    private mutating func parseParameters() throws(ParseFailure) -> [Parameter] {
        try expect(.leftParenthesis, .binding)
        var parameters: [Parameter] = []
        let first = try optional { (parser) throws(ParseFailure) in try parser.parseParameter() }
        if let first {
            parameters.append(first)
            while peek() == .comma,
                let next = try optional({ (parser) throws(ParseFailure) in
                    parser.cursor += 1
                    return try parser.parseParameter()
                })
            {
                parameters.append(next)
            }
        }
        try expect(.rightParenthesis, .closingParenthesis)
        return parameters
    }

    // parameter = identifier ('=' value)?
    private mutating func parseParameter() throws(ParseFailure) -> Parameter {
        let start = cursor
        let name = try parseIdentifier(.parameter)
        var defaultValue: ArgumentValue?
        if peek() == .equal {
            defaultValue = try optional { (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseArgumentValue()
            }
        }
        return Parameter(name: name, defaultValue: defaultValue, location: location(from: start))
    }

    mutating func parseIdentifier(_ expectation: Expectation) throws(ParseFailure) -> Identifier {
        let range = tokens[cursor].range
        try expect(.identifier, expectation)
        return Identifier(spelling: text(of: range), location: NodeLocation(range))
    }

    // lambda = identifier (',' identifier)* '=>' expression
    mutating func parseLambda() throws(ParseFailure) -> Lambda {
        var parameters = [try parseIdentifier(.lambda)]
        while peek() == .comma,
            let next = try optional({ (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseIdentifier(.parameter)
            })
        {
            parameters.append(next)
        }
        try expect(.arrow, .lambdaBody)
        let body = try parseExpression()
        guard peek() == .endOfText else { throw failureOfTrailingText() }
        return Lambda(parameters: parameters, body: body, location: location(from: 0))
    }
}
