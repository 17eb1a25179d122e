// SPDX-License-Identifier: Apache-2.0

/// Builds a ``JSONValue`` from bytes.
struct JSONParser {
    private var lexer: JSONLexer
    private let depthLimit: Int
    /// Where strings with escapes are put together.
    private var scratch: [UInt8] = []

    init(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) throws(JSONError) {
        lexer = try JSONLexer(bytes)
        self.depthLimit = min(depthLimit, JSONValue.greatestDepthLimit)
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        try lexer.expectEnd()
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard let byte = lexer.peekToken() else { throw lexer.surprise() }
        switch byte {
        case Byte.quote:
            lexer.position += 1
            return .string(try string())
        case Byte.openBrace: return .object(try object(depth: depth))
        case Byte.openBracket: return .array(try array(depth: depth))
        case Byte.minus, Byte.zero...Byte.nine: return try number()
        case Byte.t:
            try lexer.skipWord("true")
            return .bool(true)
        case Byte.f:
            try lexer.skipWord("false")
            return .bool(false)
        case Byte.n:
            try lexer.skipWord("null")
            return .null
        default: throw lexer.surprise()
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth < depthLimit else { throw lexer.failure(.tooDeep(limit: depthLimit)) }
        lexer.position += 1
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try enter(depth)
        var elements: [JSONValue] = []
        if lexer.peekToken() == Byte.closeBracket {
            lexer.position += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth + 1))
            let next = lexer.peekToken()
            guard next == Byte.comma || next == Byte.closeBracket else { throw lexer.surprise() }
            lexer.position += 1
            if next == Byte.closeBracket { return elements }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth)
        var object = JSONObject()
        if lexer.peekToken() == Byte.closeBrace {
            lexer.position += 1
            return object
        }
        while true {
            try lexer.expect(Byte.quote)
            let key = try string()
            try lexer.expect(Byte.colon)
            object[key] = try value(depth: depth + 1)
            let next = lexer.peekToken()
            guard next == Byte.comma || next == Byte.closeBrace else { throw lexer.surprise() }
            lexer.position += 1
            if next == Byte.closeBrace { return object }
        }
    }
}

// MARK: - Scalars

extension JSONParser {
    private func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: lexer.start + range.lowerBound, count: range.count)
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let first = lexer.position
        let isInteger = try lexer.skipNumber()
        let digits = bytes(first..<lexer.position)
        if isInteger, let integer = Self.integer(digits) { return .integer(integer) }
        return .number(JSONNumber(unchecked: String(decoding: digits, as: UTF8.self)))
    }

    /// The value of an integer literal; `nil` beyond 64 bits, and for `-0`, which is no integer's only spelling.
    private static func integer(_ digits: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = digits[0] == Byte.minus
        // Summed up below zero, where there is room for one more.
        var sum: Int64 = 0
        for digit in digits[(isNegative ? 1 : 0)...] {
            let (shifted, overflow) = sum.multipliedReportingOverflow(by: 10)
            let (next, underflow) = shifted.subtractingReportingOverflow(Int64(digit &- Byte.zero))
            if overflow || underflow { return nil }
            sum = next
        }
        if isNegative { return sum == 0 ? nil : sum }
        return sum == .min ? nil : -sum
    }

    /// The string whose opening quote has just been read.
    private mutating func string() throws(JSONError) -> String {
        let first = lexer.position
        let escaped = try lexer.skipString()
        let content = bytes(first..<lexer.position - 1)
        return escaped ? try unescaped(content) : String(decoding: content, as: UTF8.self)
    }

    /// The text of a string that has passed the lexer.
    private mutating func unescaped(_ content: UnsafeRawBufferPointer) throws(JSONError) -> String {
        scratch.removeAll(keepingCapacity: true)
        var reader = try JSONLexer(content)
        while reader.position < reader.count {
            let byte = reader[reader.position]
            guard byte == Byte.backslash else {
                scratch.append(byte)
                reader.position += 1
                continue
            }
            if let character = JSONLexer.character(forEscape: reader[reader.position + 1]) {
                scratch.append(character)
                reader.position += 2
            } else {
                try appendEscapedScalar(from: &reader)
            }
        }
        return String(decoding: scratch, as: UTF8.self)
    }

    private mutating func appendEscapedScalar(from reader: inout JSONLexer) throws(JSONError) {
        let unit = UInt32(try reader.hexadecimalUnit())
        var code = unit
        if unit & 0xFC00 == 0xD800 {
            let low = UInt32(try reader.hexadecimalUnit())
            code = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(code) else { throw reader.failure(.loneSurrogate) }
        scratch.append(contentsOf: String(Character(scalar)).utf8)
    }
}
