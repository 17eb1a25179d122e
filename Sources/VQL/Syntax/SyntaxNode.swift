// SPDX-License-Identifier: Apache-2.0

/// What every part of a syntax tree has: a place in the text.
public protocol SyntaxNode: Sendable, Hashable {
    var location: NodeLocation { get }
}

extension SyntaxNode {
    /// The text this node was read from.
    public var range: SourceRange {
        location.range
    }
}
