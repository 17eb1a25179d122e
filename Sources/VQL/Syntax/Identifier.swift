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
        // By scalars: a combining mark after the backtick would make one Character with it.
        isQuoted ? String(String.UnicodeScalarView(spelling.unicodeScalars.dropFirst().dropLast())) : spelling
    }

    // Two spellings of one character are two names, though Swift finds the strings equal.
    public static func == (left: Identifier, right: Identifier) -> Bool {
        left.spelling.utf8.elementsEqual(right.spelling.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(spelling)
    }
}
