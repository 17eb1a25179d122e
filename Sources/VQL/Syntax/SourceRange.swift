// SPDX-License-Identifier: Apache-2.0

/// The half-open stretch of a query text that a token or node came from.
public struct SourceRange: Sendable, Hashable {
    public let start: SourcePosition
    /// One past the last byte.
    public let end: SourcePosition

    public init(start: SourcePosition, end: SourcePosition) {
        self.start = start
        self.end = end
    }

    /// From the beginning of one range to the end of another that follows it.
    public init(from first: SourceRange, to last: SourceRange) {
        self.init(start: first.start, end: last.end)
    }
}

/// A range that does not take part in comparison.
///
/// Nodes hold their range in one of these, so that two trees are equal when they say the same, wherever they stand in
/// their texts. Every two locations are equal and hash alike; compare ``range`` to compare places.
public struct NodeLocation: Sendable, Hashable {
    public let range: SourceRange

    public init(_ range: SourceRange) {
        self.range = range
    }

    public static func == (left: NodeLocation, right: NodeLocation) -> Bool {
        true
    }

    public func hash(into hasher: inout Hasher) {}
}
