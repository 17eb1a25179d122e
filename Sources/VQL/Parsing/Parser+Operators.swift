// SPDX-License-Identifier: Apache-2.0

extension Parser {
    /// What may stand between two operands, if the next token is that.
    mutating func binaryOperator() -> BinaryOperator? {
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
        case .inKeyword: .comparison(isLambda && text(of: tokens[cursor].range) == "iN" ? .neverIn : .isIn)
        case .or: .or(OrOperator(spelling: text(of: tokens[cursor].range)))
        case .and: .and(AndOperator(spelling: text(of: tokens[cursor].range)))
        default: nil
        }
    }

    // member = value ('.' identifier | index)*
    mutating func parseSteps() throws(ParseFailure) -> [Access.Step] {
        var steps: [Access.Step] = []
        while let step = try parseStep() { steps.append(step) }
        return steps
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
