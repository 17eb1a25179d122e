// SPDX-License-Identifier: Apache-2.0

/// Walks over the tokens of RFC 8259 and checks them, without storing anything.
///
/// The parser and the scanner both stand on it, so both are equally strict. It never reads beyond `count`.
/// The memory belongs to the caller and must outlive the lexer.
struct JSONLexer {
    let start: UnsafeRawPointer
    let count: Int
    var position = 0
    /// Whether a line feed or carriage return stood between two tokens.
    var metLineBreak = false

    init(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { throw JSONError(.unexpectedEnd, at: 0) }
        self.start = start
        count = bytes.count
        if count >= 3, self[0] == 0xEF, self[1] == 0xBB, self[2] == 0xBF { throw JSONError(.byteOrderMark, at: 0) }
    }

    subscript(offset: Int) -> UInt8 {
        @inline(__always) get { start.load(fromByteOffset: offset, as: UInt8.self) }
    }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason, at: position) }

    /// The fault of finding something else than what the grammar wants here.
    func surprise() -> JSONError {
        guard position < count else { return failure(.unexpectedEnd) }
        return failure(.unexpectedCharacter(self[position]))
    }

    /// The next byte that is not white space, left unread; `nil` at the end.
    @inline(__always)
    mutating func peekToken() -> UInt8? {
        while position < count {
            let byte = self[position]
            if byte > 0x20 { return byte }
            switch byte {
            case 0x20, 0x09: break
            case 0x0A, 0x0D: metLineBreak = true
            default: return byte
            }
            position += 1
        }
        return nil
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard peekToken() == byte else { throw surprise() }
        position += 1
    }

    mutating func expectEnd() throws(JSONError) {
        if peekToken() != nil { throw failure(.trailingText) }
    }

    /// Reads `true`, `false` or `null`.
    mutating func skipWord(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < count, self[position] == word.utf8Start[index] else { throw surprise() }
            position += 1
        }
    }
}

// MARK: - Numbers

extension JSONLexer {
    /// Moves behind a number; says whether it is written as an integer.
    mutating func skipNumber() throws(JSONError) -> Bool {
        if self[position] == Byte.minus { position += 1 }
        let first = position
        try skipDigits()
        if self[first] == Byte.zero, position - first > 1 { throw JSONError(.leadingZero, at: first) }
        var isInteger = true
        if position < count, self[position] == Byte.dot {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if position < count, self[position] | 0x20 == Byte.e {
            isInteger = false
            position += 1
            if position < count, self[position] == Byte.plus || self[position] == Byte.minus { position += 1 }
            try skipDigits()
        }
        return isInteger
    }

    @inline(__always)
    private mutating func skipDigits() throws(JSONError) {
        let first = position
        while position < count, self[position] &- Byte.zero < 10 { position += 1 }
        if position == first { throw surprise() }
    }
}

/// The bytes that have a meaning in JSON.
enum Byte {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let minus = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let dot = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9")
    static let e = UInt8(ascii: "e")
    static let u = UInt8(ascii: "u")
    static let t = UInt8(ascii: "t")
    static let f = UInt8(ascii: "f")
    static let n = UInt8(ascii: "n")
}
