// SPDX-License-Identifier: Apache-2.0

/// A list that is being read: that of an open parenthesis, or the outermost one.
struct OpenList {
    /// Index of the parenthesis, `nil` for the outermost list.
    let parenthesis: Int?
    /// Index of the first token of the list.
    let start: Int
    private var first: Expression?
    /// For each comma, the expressions after it.
    private var rest: [[Expression]] = []

    /// The operands so far of the expression that is being read.
    var flat: FlatExpression?
    /// The operator whose right operand is awaited, and the index of its token.
    var operation: (operation: BinaryOperator, token: Int)?
    /// Index of the first token of the operand that is awaited, and the NOTs before it.
    var operandStart: Int
    var negations: [NodeLocation] = []

    init(parenthesis: Int?, start: Int) {
        self.parenthesis = parenthesis
        self.start = start
        operandStart = start
    }

    /// Whether a comma was read. The expressions after a comma are optional.
    var hasComma: Bool {
        !rest.isEmpty
    }

    mutating func appendItem() {
        rest.append([])
    }

    mutating func append(_ expression: Expression) {
        if rest.isEmpty {
            first = expression
        } else {
            rest[rest.count - 1].append(expression)
        }
    }

    /// The list as a node, or `nil` when not even its first expression has been read.
    func closed(location: NodeLocation) -> ExpressionList? {
        first.map { first in
            ExpressionList(
                first: first,
                rest: rest.map { ExpressionList.Item(expressions: $0) },
                location: location
            )
        }
    }
}

extension ParenthesizedList {
    /// Parentheses around a list; around nothing but further parentheses they only add a pair to those.
    init(around content: ExpressionList) {
        if case .parenthesized(let inner) = content.first.kind, !content.hasComma {
            self.init(pairs: inner.pairs + 1, content: inner.content)
        } else {
            self.init(pairs: 1, content: content)
        }
    }
}
