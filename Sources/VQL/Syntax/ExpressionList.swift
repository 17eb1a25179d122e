// SPDX-License-Identifier: Apache-2.0

/// One expression, or several with commas.
///
/// `a` alone is a scalar; one comma makes a list, `a,` too. After a comma the grammar takes any number of expressions:
/// of several the last counts (`1, 2 3` is 1 and 3), and the first empty place ends the list (`1,,2` is only 1).
public struct ExpressionList: SyntaxNode {
    /// What follows one comma.
    public struct Item: Sendable, Hashable {
        public let expressions: [Expression]

        public init(expressions: [Expression]) {
            self.expressions = expressions
        }
    }

    public let first: Expression
    /// One per comma.
    public let rest: [Item]
    public let location: NodeLocation

    public init(first: Expression, rest: [Item], location: NodeLocation) {
        self.first = first
        self.rest = rest
        self.location = location
    }

    /// Whether the value is a list; without a comma it is the value of ``first``.
    public var hasComma: Bool {
        !rest.isEmpty
    }

    /// The expressions that count, in order.
    public var elements: [Expression] {
        [first] + rest.prefix { !$0.expressions.isEmpty }.compactMap(\.expressions.last)
    }
}

/// `(…)`. Several pairs directly around each other are one node: `((1))` has two.
public struct ParenthesizedList: Sendable, Hashable {
    /// At least 1. Outer pairs change nothing, whether the content is a list or a scalar.
    public let pairs: Int
    public let content: ExpressionList

    public init(pairs: Int, content: ExpressionList) {
        self.pairs = pairs
        self.content = content
    }
}
