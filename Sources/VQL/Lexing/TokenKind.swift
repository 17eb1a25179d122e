// SPDX-License-Identifier: Apache-2.0

/// What a token is. Keywords are case-insensitive.
enum TokenKind: UInt8, Sendable {
    // Keywords.
    case explain, select, from, `where`, groupBy, orderBy, limit
    case letKeyword, asKeyword, and, or, not, inKeyword, null, trueKeyword, falseKeyword, descending

    // Names and literals.
    case identifier
    /// A minus glued to an identifier.
    case negatedIdentifier
    case number
    case string
    /// `'''…'''`
    case rawString

    // Operators and brackets.
    case lessGreater, notEqual, lessOrEqual, greaterOrEqual, arrow, matches
    case minus, plus, colon, star, slash, percent, comma, dot
    case leftParenthesis, rightParenthesis, equal, less, greater
    case leftBrace, rightBrace, leftBracket, rightBracket

    case endOfText
}
