// SPDX-License-Identifier: Apache-2.0

extension Lexer {
    /// A keyword, where it is the whole word, or a name. The two-word keywords allow blanks between their words, not
    /// comments.
    func word(at start: Int) -> Match {
        let end = skip(from: start) { $0.continuesName }
        guard end - start <= 7 else { return Match(kind: .identifier, end: end) }
        let word = String(decoding: bytes[start..<end], as: UTF8.self).uppercased()
        if let kind = Self.keywords[word] { return Match(kind: kind, end: end) }
        if let kind = Self.firstWords[word], let byEnd = byEnd(after: end) { return Match(kind: kind, end: byEnd) }
        return Match(kind: .identifier, end: end)
    }

    static let keywords: [String: TokenKind] = [
        "EXPLAIN": .explain, "SELECT": .select, "WHERE": .where, "AND": .and, "OR": .or, "FROM": .from, "NOT": .not,
        "AS": .asKeyword, "IN": .inKeyword, "LIMIT": .limit, "NULL": .null, "DESC": .descending, "TRUE": .trueKeyword,
        "FALSE": .falseKeyword,
        "LET": .letKeyword,
    ]

    static let firstWords: [String: TokenKind] = ["GROUP": .groupBy, "ORDER": .orderBy]

    private func byEnd(after end: Int) -> Int? {
        let start = skip(from: end) { $0.isVQLWhitespace }
        guard start > end, byte(start) | 0x20 == UInt8(ascii: "b"), byte(start + 1) | 0x20 == UInt8(ascii: "y"),
            !byte(start + 2).continuesName
        else { return nil }
        return start + 2
    }

    /// `-?(0x[0-9a-fA-F]+|\d*\.?\d+([eE][-+]?\d+)?)`: `5.` is only `5`, `0X1F` only `0`.
    func numberEnd(at start: Int) -> Int? {
        let digits = byte(start) == ASCII.minus ? start + 1 : start
        if byte(digits) == UInt8(ascii: "0"), byte(digits + 1) == UInt8(ascii: "x"), byte(digits + 2).isHexDigit {
            return skip(from: digits + 2) { $0.isHexDigit }
        }
        var end = skip(from: digits) { $0.isASCIIDigit }
        if byte(end) == ASCII.dot, byte(end + 1).isASCIIDigit {
            end = skip(from: end + 1) { $0.isASCIIDigit }
        }
        return end == digits ? nil : exponentEnd(at: end) ?? end
    }

    private func exponentEnd(at start: Int) -> Int? {
        guard byte(start) | 0x20 == UInt8(ascii: "e") else { return nil }
        let sign = byte(start + 1)
        let digits = sign == ASCII.minus || sign == UInt8(ascii: "+") ? start + 2 : start + 1
        return byte(digits).isASCIIDigit ? skip(from: digits) { $0.isASCIIDigit } : nil
    }

    /// Operators and brackets, the two-byte ones first.
    func symbol(at start: Int) -> Match? {
        if let kind = Self.pairs[UInt16(bytes[start]) << 8 | UInt16(byte(start + 1))] {
            return Match(kind: kind, end: start + 2)
        }
        return Self.singles[bytes[start]].map { Match(kind: $0, end: start + 1) }
    }

    private static let pairs: [UInt16: TokenKind] = table([
        ("<>", .lessGreater), ("!=", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=>", .arrow),
        ("=~", .matches),
    ]) { UInt16($0[0]) << 8 | UInt16($0[1]) }

    private static let singles: [UInt8: TokenKind] = table([
        ("+", .plus), (":", .colon), ("*", .star), ("%", .percent), (",", .comma), (".", .dot),
        ("(", .leftParenthesis), (")", .rightParenthesis), ("=", .equal), ("<", .less), (">", .greater),
        ("{", .leftBrace), ("}", .rightBrace), ("[", .leftBracket), ("]", .rightBracket),
    ]) { $0[0] }

    private static func table<Key: Hashable>(
        _ rows: [(String, TokenKind)],
        key: ([UInt8]) -> Key
    ) -> [Key: TokenKind] {
        Dictionary(rows.map { (key(Array($0.0.utf8)), $0.1) }) { first, _ in first }
    }
}
