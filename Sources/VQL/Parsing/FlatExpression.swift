// SPDX-License-Identifier: Apache-2.0

/// An operator between two operands, of whatever precedence.
enum BinaryOperator {
    case multiplication(MultiplicationOperator)
    case addition(AdditionOperator)
    case comparison(ComparisonOperator)
    case or(OrOperator)
    case and(AndOperator)

    var isMultiplication: Bool {
        if case .multiplication = self { true } else { false }
    }

    /// Whether the right operand may begin with NOT.
    var allowsNot: Bool {
        switch self {
        case .or, .and: true
        case .multiplication, .addition, .comparison: false
        }
    }
}

/// Operands and the operators between them, as they stand in the text.
struct FlatExpression {
    struct Operand {
        /// Of each NOT before it.
        var negations: [NodeLocation] = []
        let expression: Expression
    }

    private var operands: [Operand]
    /// Each stands before the operand of the next index.
    private var operators: [(operation: BinaryOperator, location: NodeLocation)] = []

    init(first: Operand) {
        operands = [first]
    }

    mutating func append(_ operation: BinaryOperator, at location: NodeLocation, _ operand: Operand) {
        operators.append((operation, location))
        operands.append(operand)
    }

    /// The tree, by precedence.
    func folded() -> Expression {
        foldAnd(operands.indices)
    }
}

extension FlatExpression {
    // One function for each precedence, from loose to tight. Each splits its stretch of operands at its own operators.

    private func foldAnd(_ span: Range<Int>) -> Expression {
        fold(span, by: { if case .and(let operation) = $0 { operation } else { nil } }, into: { .and($0) }, foldOr)
    }

    private func foldOr(_ span: Range<Int>) -> Expression {
        fold(span, by: { if case .or(let operation) = $0 { operation } else { nil } }, into: { .or($0) }, foldNot)
    }

    private func foldNot(_ span: Range<Int>) -> Expression {
        operands[span.lowerBound].negations.reversed().reduce(foldComparison(span)) { operand, location in
            Expression(
                .not(operand),
                location: NodeLocation(SourceRange(from: location.range, to: operand.range))
            )
        }
    }

    private func foldComparison(_ span: Range<Int>) -> Expression {
        fold(
            span,
            by: { if case .comparison(let operation) = $0 { operation } else { nil } },
            into: { .comparison($0) },
            foldAddition
        )
    }

    private func foldAddition(_ span: Range<Int>) -> Expression {
        fold(
            span,
            by: { if case .addition(let operation) = $0 { operation } else { nil } },
            into: { .addition($0) },
            foldMultiplication
        )
    }

    private func foldMultiplication(_ span: Range<Int>) -> Expression {
        fold(
            span,
            by: { if case .multiplication(let operation) = $0 { operation } else { nil } },
            into: { .multiplication($0) },
            { operands[$0.lowerBound].expression }
        )
    }

    private func fold<Operator>(
        _ span: Range<Int>,
        by select: (BinaryOperator) -> Operator?,
        into wrap: (OperatorChain<Operator>) -> Expression.Kind,
        _ tighter: (Range<Int>) -> Expression
    ) -> Expression {
        let cuts = span.dropLast().filter { select(operators[$0].operation) != nil }
        guard let firstCut = cuts.first else { return tighter(span) }
        let first = tighter(span.lowerBound..<firstCut + 1)
        var last = first
        let ends = cuts.dropFirst().map { $0 + 1 } + [span.upperBound]
        let links = zip(cuts, ends).compactMap { cut, end -> OperatorChain<Operator>.Link? in
            select(operators[cut].operation).map { operation in
                last = tighter(cut + 1..<end)
                return OperatorChain.Link(operation: operation, operand: last, location: operators[cut].location)
            }
        }
        return Expression(
            wrap(OperatorChain(first: first, links: links)),
            location: NodeLocation(SourceRange(from: first.range, to: last.range))
        )
    }
}
