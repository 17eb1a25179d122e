// SPDX-License-Identifier: Apache-2.0

/// Members and indexes taken of a value: `f().a`, `a[0].b[1:2]`.
///
/// Dots that directly follow a name belong to the ``Symbol`` instead.
public struct Access: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        /// `.name`; use ``Identifier/unquotedName``.
        case member(Identifier)
        case index(Index)
    }

    public let base: Expression
    /// Never empty in a tree that came from the parser; applied from the left.
    public let steps: [Step]

    public init(base: Expression, steps: [Step]) {
        self.base = base
        self.steps = steps
    }
}

/// `[…]` after a value.
///
/// The grammar takes any number of values on either side of any number of colons; of several values the last counts.
public struct Index: SyntaxNode {
    public let lowerValues: [Expression]
    public let colonCount: Int
    public let upperValues: [Expression]
    public let location: NodeLocation

    public init(lowerValues: [Expression], colonCount: Int, upperValues: [Expression], location: NodeLocation) {
        self.lowerValues = lowerValues
        self.colonCount = colonCount
        self.upperValues = upperValues
        self.location = location
    }

    /// Whether it is `[a:b]` rather than `[a]`.
    public var isSlice: Bool {
        colonCount > 0
    }

    /// The index, or where the slice begins. Absent in `a[]`, which is NULL, and in `a[:2]`.
    public var lower: Expression? {
        lowerValues.last
    }

    /// Where the slice ends.
    public var upper: Expression? {
        upperValues.last
    }
}
