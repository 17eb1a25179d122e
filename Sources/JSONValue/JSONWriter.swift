// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The value in JSON on one line, without any space between tokens.
    ///
    /// Characters stay as they are in UTF-8, except those that would break a line or a terminal's trust in it:
    /// control characters, U+2028 and U+2029 are escaped.
    public func json() -> String {
        String(decoding: jsonBytes(), as: UTF8.self)
    }

    /// ``json()`` as UTF-8.
    public func jsonBytes() -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// Appends ``json()`` to a buffer.
    public func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: value.description.utf8)
        case .number(let number): output.append(contentsOf: number.literal.utf8)
        case .string(let text): JSONWriter.write(text, into: &output)
        case .array(let elements):
            output.append(Byte.openBracket)
            var isFirst = true
            for element in elements {
                if !isFirst { output.append(Byte.comma) }
                isFirst = false
                element.write(into: &output)
            }
            output.append(Byte.closeBracket)
        case .object(let object): object.write(into: &output)
        }
    }
}

extension JSONObject {
    /// Appends the object in JSON on one line to a buffer.
    public func write(into output: inout [UInt8]) {
        output.append(Byte.openBrace)
        var isFirst = true
        for (key, value) in self {
            if !isFirst { output.append(Byte.comma) }
            isFirst = false
            JSONWriter.write(key, into: &output)
            output.append(Byte.colon)
            value.write(into: &output)
        }
        output.append(Byte.closeBrace)
    }
}

/// Text as a JSON string.
public enum JSONWriter {
    /// Appends `text` in quotes, escaped as in ``JSONValue/json()``.
    public static func write(_ text: String, into output: inout [UInt8]) {
        var text = text
        text.withUTF8 { write(utf8: UnsafeRawBufferPointer($0), into: &output) }
    }

    /// Appends UTF-8 in quotes. The bytes must be valid UTF-8; they are copied unchecked.
    public static func write(utf8 bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        output.append(Byte.quote)
        var copied = 0
        var position = 0
        while position < bytes.count {
            position = endOfPlainText(in: bytes, from: position)
            guard position < bytes.count else { break }
            let length = lengthToEscape(in: bytes, at: position)
            if length == 0 {
                position += 1
                continue
            }
            output.append(contentsOf: bytes[copied..<position])
            appendEscape(of: bytes, at: position, into: &output)
            position += length
            copied = position
        }
        output.append(contentsOf: bytes[copied...])
        output.append(Byte.quote)
    }

    /// The first byte from `position` on that may need an escape.
    @inline(__always)
    private static func endOfPlainText(in bytes: UnsafeRawBufferPointer, from position: Int) -> Int {
        var position = position
        while position &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let stops = JSONLexer.special(in: word)
            if stops != 0 { return position &+ stops.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < bytes.count, JSONLexer.special(in: UInt64(bytes[position]) | plainFill) == 0 { position &+= 1 }
        return position
    }

    /// Seven spaces above a byte, so that one byte can be asked the question of eight.
    private static let plainFill: UInt64 = 0x2020_2020_2020_2000

    /// How many bytes at `position` an escape has to replace: none for a character beyond ASCII that may stay.
    private static func lengthToEscape(in bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
        guard bytes[position] >= 0x80 else { return 1 }
        let isLineSeparator =
            bytes[position] == 0xE2 && position + 2 < bytes.count && bytes[position + 1] == 0x80
            && bytes[position + 2] & 0xFE == 0xA8
        return isLineSeparator ? 3 : 0
    }

    private static func appendEscape(of bytes: UnsafeRawBufferPointer, at position: Int, into output: inout [UInt8]) {
        let byte = bytes[position]
        output.append(Byte.backslash)
        switch byte {
        case Byte.quote, Byte.backslash: output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(Byte.t)
        case 0x0A: output.append(Byte.n)
        case 0x0C: output.append(Byte.f)
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0xE2: output.append(contentsOf: (bytes[position + 2] == 0xA8 ? "u2028" : "u2029").utf8)
        default:
            output.append(contentsOf: (byte < 0x10 ? "u000" : "u00").utf8)
            output.append(contentsOf: String(byte, radix: 16).utf8)
        }
    }
}
