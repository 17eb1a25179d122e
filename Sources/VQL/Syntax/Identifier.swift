// SPDX-License-Identifier: Apache-2.0

/// A name as it stands in the text, with its backticks if it has them.
public struct Identifier: SyntaxNode {
    /// As written, backticks included, without the minus of a negated symbol.
    public let spelling: String
    public let location: NodeLocation

    public init(spelling: String, location: NodeLocation) {
        self.spelling = spelling
        self.location = location
    }

    public var isQuoted: Bool {
        spelling.utf8.first == UInt8(ascii: "`")
    }

    /// Without backticks, backslashes untouched: the name by which a symbol is read.
    public var name: String {
        isQuoted ? String(spelling.dropFirst().dropLast()) : spelling
    }
}
