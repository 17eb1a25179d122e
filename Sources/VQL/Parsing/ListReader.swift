// SPDX-License-Identifier: Apache-2.0

/// Reads expressions and lists of them, keeping the open parentheses on a stack of its own.
///
///     list       = expression (',' expression*)*
///     expression = operand (operator operand)*
///     operand    = NOT* value step*          -- NOT only at the beginning and after AND and OR
///     value      = '(' list ')' | name or literal
///
/// Operators of every precedence are read by one loop and sorted out by ``FlatExpression``. Right of `*` and `/`
/// stands a bare value, without steps.
struct ListReader {
    /// What comes next.
    private enum Step {
        case operand
        /// A value was read, which began at a token.
        case value(Expression, start: Int)
        /// An expression is complete.
        case expression
        /// What follows an item of a list: a comma or the end.
        case afterItem
        /// An operand did not match.
        case failure(ParseFailure)
        case finished(ExpressionList)
    }

    /// Whether the outermost level is a list rather than one expression.
    private let takesCommas: Bool
    private var enclosing: [OpenList] = []
    private var top: OpenList

    init(at start: Int, takesCommas: Bool) {
        self.takesCommas = takesCommas
        top = OpenList(parenthesis: nil, start: start)
    }

    mutating func read(_ parser: inout Parser) throws(ParseFailure) -> ExpressionList {
        var step = Step.operand
        while true {
            switch step {
            case .operand: step = try readOperand(&parser)
            case .value(let value, let start): step = try finishOperand(value, from: start, &parser)
            case .expression: step = finishExpression()
            case .afterItem: step = try continueList(&parser)
            case .failure(let failure): step = try recover(from: failure, &parser)
            case .finished(let list): return list
            }
        }
    }

    private mutating func readOperand(_ parser: inout Parser) throws(ParseFailure) -> Step {
        top.operandStart = parser.cursor
        while top.operation?.operation.allowsNot ?? true, parser.peek() == .not {
            try deepen(&parser)
            top.negations.append(NodeLocation(parser.tokens[parser.cursor].range))
            parser.cursor += 1
        }
        let start = parser.cursor
        if parser.peek() == .leftParenthesis {
            try deepen(&parser)
            parser.cursor += 1
            enclosing.append(top)
            top = OpenList(parenthesis: start, start: parser.cursor)
            return .operand
        }
        do throws(ParseFailure) {
            return .value(try parser.parseNameOrLiteral(), start: start)
        } catch {
            return .failure(error)
        }
    }

    private mutating func finishOperand(
        _ value: Expression,
        from start: Int,
        _ parser: inout Parser
    ) throws(ParseFailure) -> Step {
        var expression = value
        if top.operation?.operation.isMultiplication != true {
            let steps = try parser.parseSteps()
            if !steps.isEmpty {
                expression = Expression(
                    .access(Access(base: value, steps: steps)),
                    location: parser.location(from: start)
                )
            }
        }
        let operand = FlatExpression.Operand(negations: top.negations, expression: expression)
        parser.nesting -= top.negations.count
        top.negations = []
        if let (operation, token) = top.operation {
            top.flat?.append(operation, at: NodeLocation(parser.tokens[token].range), operand)
        } else {
            top.flat = FlatExpression(first: operand)
        }
        top.operation = parser.binaryOperator().map { ($0, parser.cursor) }
        guard top.operation != nil else { return .expression }
        parser.cursor += 1
        return .operand
    }

    /// After a comma any number of expressions may follow, so there another one is tried.
    private mutating func finishExpression() -> Step {
        if let flat = top.flat { top.append(flat.folded()) }
        top.flat = nil
        return top.hasComma ? .operand : .afterItem
    }

    private mutating func continueList(_ parser: inout Parser) throws(ParseFailure) -> Step {
        if takesCommas || top.parenthesis != nil, parser.take(.comma) {
            top.appendItem()
            return .operand
        }
        guard let list = top.closed(location: parser.location(from: top.start)) else {
            throw parser.unexpected(.symbol)
        }
        guard let start = top.parenthesis, let outer = enclosing.popLast() else { return .finished(list) }
        try parser.expect(.rightParenthesis, .closingParenthesis)
        parser.nesting -= 1
        top = outer
        let value = Expression.Kind.parenthesized(ParenthesizedList(around: list))
        return .value(Expression(value, location: parser.location(from: start)), start: start)
    }

    /// Undoes what may be undone after an operand did not match: its NOTs, then the operator before it, the optional
    /// expression that it began, or the parenthesis around it, which is then an operand that did not match.
    private mutating func recover(from failure: ParseFailure, _ parser: inout Parser) throws(ParseFailure) -> Step {
        guard parser.canUndo(to: top.operandStart + top.negations.count, after: failure) else { throw failure }
        parser.cursor = top.operandStart
        parser.nesting -= top.negations.count
        top.negations = []
        if let token = top.operation?.token {
            try parser.undo(to: token, after: failure)
            top.operation = nil
            return .expression
        }
        if top.hasComma {
            try parser.undo(to: top.operandStart, after: failure)
            return .afterItem
        }
        guard let parenthesis = top.parenthesis, parser.canUndo(to: parenthesis, after: failure),
            let outer = enclosing.popLast()
        else { throw failure }
        parser.cursor = parenthesis
        parser.nesting -= 1
        top = outer
        return .failure(failure)
    }

    /// Counts a level of the tree that costs no stack here.
    private func deepen(_ parser: inout Parser) throws(ParseFailure) {
        guard parser.nesting < Parser.maximumNesting else {
            throw ParseFailure(token: parser.cursor, reason: .nestedTooDeeply(limit: Parser.maximumNesting))
        }
        parser.nesting += 1
    }
}

extension Parser {
    mutating func parseList() throws(ParseFailure) -> ExpressionList {
        var reader = ListReader(at: cursor, takesCommas: true)
        return try reader.read(&self)
    }

    mutating func parseExpression() throws(ParseFailure) -> Expression {
        var reader = ListReader(at: cursor, takesCommas: false)
        return try reader.read(&self).first
    }
}
