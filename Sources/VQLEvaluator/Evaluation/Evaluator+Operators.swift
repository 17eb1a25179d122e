// SPDX-License-Identifier: Apache-2.0

import VQL

extension Evaluator {
    func value(of chain: OperatorChain<MultiplicationOperator>) throws -> VQLValue {
        try chain.links.reduce(operand(chain.first)) { left, link in
            let right = try operand(link.operand)
            return switch link.operation {
            case .multiply: left.multiplied(by: right)
            case .divide: left.divided(by: right)
            }
        }
    }

    func value(of chain: OperatorChain<AdditionOperator>) throws -> VQLValue {
        try chain.links.reduce(operand(chain.first)) { left, link in
            let right = try operand(link.operand)
            return switch link.operation {
            case .add: try sum(left, right)
            case .subtract: left.subtracting(right)
            }
        }
    }

    /// Queries are joined by their rows; with anything else a query has no sum.
    private func sum(_ left: VQLValue, _ right: VQLValue) throws -> VQLValue {
        switch (left, right) {
        case (.query, .query): try expanded(left).adding(expanded(right))
        case (.query, .list): try expanded(left).adding(right)
        case (.list, .query): try left.adding(expanded(right))
        case (.query, _), (_, .query): .null
        default: left.adding(right)
        }
    }

    /// Every operand is compared with the first one, and the last answer counts: `5 < 3 < 10` is `5 < 10`.
    func value(of chain: OperatorChain<ComparisonOperator>) throws -> VQLValue {
        let left = try operand(chain.first)
        var result = false
        for link in chain.links { result = try compare(left, link.operation, operand(link.operand)) }
        return .bool(result)
    }

    private func compare(_ left: VQLValue, _ operation: ComparisonOperator, _ right: VQLValue) throws -> Bool {
        switch operation {
        case .equal: left.isEqual(to: right)
        case .notEqual: !left.isEqual(to: right)
        case .less: left.isLess(than: right)
        case .lessOrEqual: left.isLess(than: right) || left.isEqual(to: right)
        case .greater: left.isGreater(than: right)
        case .greaterOrEqual: left.isGreater(than: right) || left.isEqual(to: right)
        case .matches: left.matches(right, in: scope.context)
        case .isIn: try expanded(right).contains(expanded(left))
        case .neverIn, .neverUnequal: false
        }
    }

    /// A true leftmost operand is the result; a later one only if its operator is `||`.
    func value(of chain: OperatorChain<OrOperator>) throws -> VQLValue {
        var value = try operand(chain.first)
        if try isTrue(value) { return value }
        for link in chain.links {
            value = try operand(link.operand)
            if try isTrue(value) { return link.operation.yieldsValue ? value : true }
        }
        return value
    }

    func value(of chain: OperatorChain<AndOperator>) throws -> VQLValue {
        var value = try operand(chain.first)
        guard try isTrue(value) else { return false }
        for link in chain.links {
            let operand = try operand(link.operand)
            guard try isTrue(operand) else { return false }
            value = link.operation.yieldsValue ? operand : true
        }
        return value
    }

    private func operand(_ expression: Expression) throws -> VQLValue { try value(of: expression) }
}
