// SPDX-License-Identifier: Apache-2.0

/// An expression.
///
/// Operators of one precedence stand side by side in an ``OperatorChain``, so that a sum of thousands of terms is a
/// flat node. From loose to tight: AND, OR, NOT, comparison, `+ -`, `* /`, member and index.
public struct Expression: SyntaxNode {
    public indirect enum Kind: Sendable, Hashable {
        case null
        case boolean(Bool)
        case number(NumberLiteral)
        case string(StringLiteral)
        case symbol(Symbol)
        case parenthesized(ParenthesizedList)
        case access(Access)
        case multiplication(OperatorChain<MultiplicationOperator>)
        case addition(OperatorChain<AdditionOperator>)
        /// Only the last comparison of a chain counts: `5 < 3 < 10` is `5 < 10`.
        case comparison(OperatorChain<ComparisonOperator>)
        case not(Expression)
        case or(OperatorChain<OrOperator>)
        case and(OperatorChain<AndOperator>)
    }

    public let kind: Kind
    public let location: NodeLocation

    public init(_ kind: Kind, location: NodeLocation) {
        self.kind = kind
        self.location = location
    }
}
