// SPDX-License-Identifier: Apache-2.0

/// `first op operand op operand …`, all operators of one precedence. Applied from the left.
public struct OperatorChain<Operator: Sendable & Hashable>: Sendable, Hashable {
    public struct Link: Sendable, Hashable {
        public let operation: Operator
        public let operand: Expression
        /// Of the operator itself.
        public let location: NodeLocation

        public init(operation: Operator, operand: Expression, location: NodeLocation) {
            self.operation = operation
            self.operand = operand
            self.location = location
        }
    }

    public let first: Expression
    /// Never empty in a tree that came from the parser.
    public let links: [Link]

    public init(first: Expression, links: [Link]) {
        self.first = first
        self.links = links
    }
}
