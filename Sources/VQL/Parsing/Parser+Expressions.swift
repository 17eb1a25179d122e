// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // list = expression (',' expression*)*
    mutating func parseList() throws(ParseFailure) -> ExpressionList {
        let start = cursor
        let first = try parseExpression()
        var rest: [ExpressionList.Item] = []
        while take(.comma) {
            var expressions: [Expression] = []
            while let expression = try optional({ (parser) throws(ParseFailure) in try parser.parseExpression() }) {
                expressions.append(expression)
            }
            rest.append(ExpressionList.Item(expressions: expressions))
        }
        return ExpressionList(first: first, rest: rest, location: location(from: start))
    }

    // expression = operand (operator operand)*
    //
    // Every precedence is read by one loop and sorted out afterwards, so that a level of nesting costs few stack frames.
    mutating func parseExpression() throws(ParseFailure) -> Expression {
        var flat = FlatExpression(first: try parseOperand(after: nil))
        while let operation = binaryOperator() {
            let start = cursor
            let location = NodeLocation(tokens[cursor].range)
            cursor += 1
            do throws(ParseFailure) {
                let operand = try parseOperand(after: operation)
                flat.append(operation, at: location, operand)
            } catch {
                try undo(to: start, after: error)
                break
            }
        }
        return flat.folded()
    }

    /// What may stand between two operands, if the next token is that.
    private mutating func binaryOperator() -> BinaryOperator? {
        switch peek() {
        case .star: .multiplication(.multiply)
        case .slash: .multiplication(.divide)
        case .plus: .addition(.add)
        case .minus: .addition(.subtract)
        case .equal: .comparison(.equal)
        case .notEqual: .comparison(.notEqual)
        case .lessGreater: .comparison(.neverUnequal)
        case .less: .comparison(.less)
        case .lessOrEqual: .comparison(.lessOrEqual)
        case .greater: .comparison(.greater)
        case .greaterOrEqual: .comparison(.greaterOrEqual)
        case .matches: .comparison(.matches)
        case .in_: .comparison(isLambda && text(of: tokens[cursor].range) == "iN" ? .neverIn : .isIn)
        case .or: .or(OrOperator(spelling: text(of: tokens[cursor].range)))
        case .and: .and(AndOperator(spelling: text(of: tokens[cursor].range)))
        default: nil
        }
    }

    // NOT stands at the beginning of an expression and after AND and OR. Right of '*' and '/' is only a bare value.
    private mutating func parseOperand(after operation: BinaryOperator?) throws(ParseFailure) -> FlatExpression.Operand
    {
        if case .multiplication = operation {
            return FlatExpression.Operand(expression: try parseValue())
        }
        guard peek() == .not, operation?.allowsNot ?? true else {
            return FlatExpression.Operand(expression: try parseMember())
        }
        let start = cursor
        var negations: [NodeLocation] = []
        while peek() == .not {
            negations.append(NodeLocation(tokens[cursor].range))
            cursor += 1
        }
        try enter(negations.count)
        defer { leave(negations.count) }
        let operandStart = cursor
        do throws(ParseFailure) {
            return FlatExpression.Operand(negations: negations, expression: try parseMember())
        } catch {
            // Each NOT is an alternative that failed after one token, itself.
            if canUndo(to: operandStart, after: error) { cursor = start }
            throw error
        }
    }

    // member = value ('.' identifier | index)*
    private mutating func parseMember() throws(ParseFailure) -> Expression {
        let start = cursor
        let base = try parseValue()
        var steps: [Access.Step] = []
        while let step = try parseStep() { steps.append(step) }
        guard !steps.isEmpty else { return base }
        return Expression(.access(Access(base: base, steps: steps)), location: location(from: start))
    }

    private mutating func parseStep() throws(ParseFailure) -> Access.Step? {
        switch peek() {
        case .dot:
            let name = try optional { (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseIdentifier(.parameter)
            }
            return name.map { .member($0) }
        case .leftBracket:
            return try optional { (parser) throws(ParseFailure) in try parser.parseIndex() }.map { .index($0) }
        default:
            return nil
        }
    }

    // index = '[' value* ':'* value* ']'
    private mutating func parseIndex() throws(ParseFailure) -> Index {
        try enter()
        defer { leave() }
        let start = cursor
        cursor += 1
        let lower = try parseValues()
        var colonCount = 0
        while take(.colon) { colonCount += 1 }
        let upper = try parseValues()
        try expect(.rightBracket, .closingBracket)
        return Index(lowerValues: lower, colonCount: colonCount, upperValues: upper, location: location(from: start))
    }

    private mutating func parseValues() throws(ParseFailure) -> [Expression] {
        var values: [Expression] = []
        while let value = try optional({ (parser) throws(ParseFailure) in try parser.parseValue() }) {
            values.append(value)
        }
        return values
    }
}
