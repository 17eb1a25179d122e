// SPDX-License-Identifier: Apache-2.0

/// One column of a SELECT.
public struct Column: SyntaxNode {
    /// What the column shows.
    public indirect enum Content: Sendable, Hashable {
        /// `*`
        case star
        /// `{ SELECT … }`: its rows are unwrapped.
        case select(Select)
        case expression(Expression)
    }

    public let content: Content
    /// Use ``Identifier/unquotedName``. A leading `*` never has one.
    public let alias: Identifier?
    public let location: NodeLocation

    public init(content: Content, alias: Identifier?, location: NodeLocation) {
        self.content = content
        self.alias = alias
        self.location = location
    }
}
