// SPDX-License-Identifier: Apache-2.0

extension JSONLexer {
    /// Moves behind a string whose opening quote has been read; says whether it holds escapes.
    mutating func skipString() throws(JSONError) -> Bool {
        var escaped = false
        while true {
            skipPlainText()
            guard position < count else { throw failure(.unexpectedEnd) }
            let byte = self[position]
            if byte == Byte.quote {
                position += 1
                return escaped
            }
            if byte >= 0x80 {
                try skipMultibyteCharacter()
            } else if byte == Byte.backslash {
                escaped = true
                try skipEscape()
            } else {
                throw failure(.controlCharacter(byte))
            }
        }
    }

    /// Moves over printable ASCII other than quote and backslash, eight bytes at a time.
    @inline(__always)
    private mutating func skipPlainText() {
        while position &+ 8 <= count {
            let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let stops = Self.special(in: word)
            if stops != 0 {
                position &+= stops.trailingZeroBitCount >> 3
                return
            }
            position &+= 8
        }
        while position < count {
            let byte = self[position]
            if byte < 0x20 || byte >= 0x80 || byte == Byte.quote || byte == Byte.backslash { return }
            position &+= 1
        }
    }

    /// The high bit of each byte that is a quote, a backslash, a control character or beyond ASCII.
    ///
    /// Borrows run upwards only, so bits above the first true one may be false; the lowest never is.
    @inline(__always)
    static func special(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(Byte.quote))
        let backslashes = word ^ (ones &* UInt64(Byte.backslash))
        let isQuote = (quotes &- ones) & ~quotes
        let isBackslash = (backslashes &- ones) & ~backslashes
        let isControl = (word &- ones &* 0x20) & ~word
        return (isQuote | isBackslash | isControl | word) & (ones &* 0x80)
    }

    /// Checks one character of two to four bytes against the well-formed sequences of the Unicode standard (table 3-7).
    private mutating func skipMultibyteCharacter() throws(JSONError) {
        let lead = self[position]
        switch lead {
        case 0xC2...0xDF: try skipContinuations(1, second: 0x80...0xBF)
        case 0xE0: try skipContinuations(2, second: 0xA0...0xBF)
        case 0xED: try skipContinuations(2, second: 0x80...0x9F)
        case 0xE1...0xEF: try skipContinuations(2, second: 0x80...0xBF)
        case 0xF0: try skipContinuations(3, second: 0x90...0xBF)
        case 0xF1...0xF3: try skipContinuations(3, second: 0x80...0xBF)
        case 0xF4: try skipContinuations(3, second: 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
    }

    @inline(__always)
    private mutating func skipContinuations(_ number: Int, second: ClosedRange<UInt8>) throws(JSONError) {
        guard position + number < count, second.contains(self[position + 1]) else { throw failure(.invalidUTF8) }
        if number >= 2, self[position + 2] & 0xC0 != 0x80 { throw failure(.invalidUTF8) }
        if number == 3, self[position + 3] & 0xC0 != 0x80 { throw failure(.invalidUTF8) }
        position += number + 1
    }
}

// MARK: - Escapes

extension JSONLexer {
    private mutating func skipEscape() throws(JSONError) {
        let escape = position
        guard position + 1 < count else { throw JSONError(.unexpectedEnd, at: count) }
        guard self[position + 1] == Byte.u else {
            guard Self.character(forEscape: self[position + 1]) != nil else { throw failure(.invalidEscape) }
            position += 2
            return
        }
        let unit = try hexadecimalUnit()
        if unit & 0xFC00 == 0xDC00 { throw JSONError(.loneSurrogate, at: escape) }
        guard unit & 0xFC00 == 0xD800 else { return }
        guard position + 1 < count, self[position] == Byte.backslash, self[position + 1] == Byte.u,
            try hexadecimalUnit() & 0xFC00 == 0xDC00
        else { throw JSONError(.loneSurrogate, at: escape) }
    }

    private mutating func hexadecimalUnit() throws(JSONError) -> UInt16 {
        guard position + 6 <= count, let unit = Self.hexadecimalUnit(bytes(position..<position + 6)) else {
            throw failure(.invalidEscape)
        }
        position += 6
        return unit
    }

    /// The value of the four digits of a `\uXXXX`; `nil` if they are none.
    static func hexadecimalUnit(_ escape: UnsafeRawBufferPointer) -> UInt16? {
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard let digit = hexadecimalDigit(escape[offset]) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case Byte.zero...Byte.nine: byte - Byte.zero
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// What `\n` and the other escapes of one letter stand for.
    static func character(forEscape letter: UInt8) -> UInt8? {
        switch letter {
        case Byte.quote, Byte.backslash, UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case Byte.f: 0x0C
        case Byte.n: 0x0A
        case UInt8(ascii: "r"): 0x0D
        case Byte.t: 0x09
        default: nil
        }
    }
}
