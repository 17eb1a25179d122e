// SPDX-License-Identifier: Apache-2.0

/// Cuts a query text into tokens.
///
/// The language is defined by an ordered list of rules of which the first match wins, not the longest. What a text can
/// begin with decides which rules are worth trying, so one look at the first byte stands for most of that list; where
/// two rules share a first byte, the order of the questions below is the order of the list.
struct Lexer {
    /// What a rule found: up to where, and as what. Blanks and comments have no kind.
    struct Match {
        let kind: TokenKind?
        let end: Int
    }

    let bytes: [UInt8]
    /// Set once a search for the end of a block comment or raw string has failed, so that it is not repeated for each
    /// further opening.
    private var lacksCommentEnd = false
    private var lacksRawStringEnd = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// All tokens; the last one is ``TokenKind/endOfText``.
    static func tokens(of bytes: [UInt8]) throws(VQLSyntaxError) -> [Token] {
        var lexer = Lexer(bytes)
        var tokens: [Token] = []
        var offset = 0
        var position = SourcePosition.start
        while offset < bytes.count {
            guard let match = lexer.match(at: offset) else {
                throw VQLSyntaxError(invalidInputAt: position, in: bytes)
            }
            let end = position.advanced(over: bytes[offset..<match.end])
            if let kind = match.kind {
                tokens.append(Token(kind: kind, range: SourceRange(start: position, end: end)))
            }
            position = end
            offset = match.end
        }
        tokens.append(Token(kind: .endOfText, range: SourceRange(start: position, end: position)))
        return tokens
    }

    /// The byte at an offset, or zero past the end: no rule looks for a zero byte.
    func byte(_ offset: Int) -> UInt8 {
        offset < bytes.count ? bytes[offset] : 0
    }

    private mutating func match(at start: Int) -> Match? {
        let first = bytes[start]
        if first.isVQLWhitespace { return Match(kind: nil, end: skip(from: start) { $0.isVQLWhitespace }) }
        if first.startsName { return word(at: start) }
        if let end = numberEnd(at: start), first != ASCII.minus { return Match(kind: .number, end: end) }
        switch first {
        case ASCII.slash: return comment(at: start) ?? Match(kind: .slash, end: start + 1)
        case ASCII.minus: return minus(at: start)
        case ASCII.bar: return Match(kind: .or, end: skip(from: start) { $0 == ASCII.bar })
        case ASCII.ampersand:
            return byte(start + 1) == ASCII.ampersand ? Match(kind: .and, end: start + 2) : nil
        case ASCII.backtick: return quotedNameEnd(at: start).map { Match(kind: .identifier, end: $0) }
        case ASCII.quote, ASCII.doubleQuote: return string(at: start)
        default: return symbol(at: start)
        }
    }

    /// The first offset from `start` whose byte does not satisfy the condition.
    func skip(from start: Int, while condition: (UInt8) -> Bool) -> Int {
        var offset = start
        while offset < bytes.count, condition(bytes[offset]) { offset += 1 }
        return offset
    }

    /// A comment, a number, a negated name, or the operator: in this order.
    private func minus(at start: Int) -> Match {
        if byte(start + 1) == ASCII.minus { return lineComment(at: start) }
        if let end = numberEnd(at: start) { return Match(kind: .number, end: end) }
        if byte(start + 1).startsName {
            return Match(kind: .negatedIdentifier, end: skip(from: start + 1) { $0.continuesName })
        }
        if let end = quotedNameEnd(at: start + 1) { return Match(kind: .negatedIdentifier, end: end) }
        return Match(kind: .minus, end: start + 1)
    }

    private mutating func comment(at start: Int) -> Match? {
        switch byte(start + 1) {
        case ASCII.slash: return lineComment(at: start)
        case ASCII.star where !lacksCommentEnd:
            let end = skip(to: [ASCII.star, ASCII.slash], from: start + 2)
            lacksCommentEnd = end == nil
            return end.map { Match(kind: nil, end: $0) }
        default: return nil
        }
    }

    private func lineComment(at start: Int) -> Match {
        Match(kind: nil, end: skip(from: start) { $0 != ASCII.newline })
    }

    private mutating func string(at start: Int) -> Match? {
        let fence = [ASCII.quote, ASCII.quote, ASCII.quote]
        if !lacksRawStringEnd, bytes[start...].starts(with: fence) {
            if let end = skip(to: fence, from: start + 3) { return Match(kind: .rawString, end: end) }
            lacksRawStringEnd = true
        }
        return quotedEnd(at: start).map { Match(kind: .string, end: $0) }
    }

    /// The offset after the next occurrence of some bytes.
    private func skip(to pattern: [UInt8], from start: Int) -> Int? {
        var offset = start
        while offset + pattern.count <= bytes.count {
            if bytes[offset...].starts(with: pattern) { return offset + pattern.count }
            offset += 1
        }
        return nil
    }

    private func quotedEnd(at start: Int) -> Int? {
        var offset = start + 1
        while offset < bytes.count {
            if bytes[offset] == bytes[start] { return offset + 1 }
            offset += bytes[offset] == ASCII.backslash ? 2 : 1
        }
        return nil
    }

    /// Backticks around at least one byte, of which none is a backtick.
    private func quotedNameEnd(at start: Int) -> Int? {
        guard byte(start) == ASCII.backtick else { return nil }
        let end = skip(from: start + 1) { $0 != ASCII.backtick }
        return end < bytes.count && end > start + 1 ? end + 1 : nil
    }
}
