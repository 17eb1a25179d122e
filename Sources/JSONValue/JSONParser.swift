// SPDX-License-Identifier: Apache-2.0

/// Builds a ``JSONValue`` from bytes.
struct JSONParser {
    private var lexer: JSONLexer
    private let depthLimit: Int
    /// The prints of the keys of all objects that are open; see ``KeyFilter``.
    private var prints: [UInt64] = []
    /// The size of the last object: its neighbours are mostly like it.
    private var usualMembers = 0

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
            return .string(try lexer.readString())
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

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try lexer.open(depth: depth, limit: depthLimit)
        var elements: [JSONValue] = []
        if lexer.close(Byte.closeBracket) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
        } while try lexer.continues(Byte.closeBracket)
        return elements
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try lexer.open(depth: depth, limit: depthLimit)
        var object = JSONObject()
        if lexer.close(Byte.closeBrace) { return object }
        object.reserveCapacity(usualMembers)
        var names = KeyFilter(first: prints.count)
        repeat {
            try lexer.expect(Byte.quote)
            let first = lexer.position
            let escaped = try lexer.skipString()
            let range = first..<lexer.position - 1
            let key = lexer.text(of: range, escaped: escaped)
            let isNew = names.isNew(lexer.bytes(range), escaped: escaped, among: &prints)
            try lexer.expect(Byte.colon)
            let value = try value(depth: depth + 1)
            if isNew {
                object.appendNew(key, value)
            } else {
                object[key] = value
            }
        } while try lexer.continues(Byte.closeBrace)
        prints.removeLast(prints.count - names.first)
        usualMembers = min(object.count, 32)
        return object
    }
}

// MARK: - Scalars

extension JSONParser {
    private mutating func number() throws(JSONError) -> JSONValue {
        let first = lexer.position
        let isInteger = try lexer.skipNumber()
        let digits = lexer.bytes(first..<lexer.position)
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
}
