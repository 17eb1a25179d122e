// SPDX-License-Identifier: Apache-2.0

extension VQLRow {
    /// Appends the row as a JSON object, in the server's spelling of numbers.
    public func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for place in names.indices {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONText.append(names[place], to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            values[place].appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension VQLValue {
    /// The value as JSON text; an integral double has no fraction, and what is not UTF-8 becomes U+FFFD.
    public var jsonText: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``jsonText``.
    public func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): JSONText.append(value, to: &bytes)
        case .unsigned(let value): bytes.append(contentsOf: String(value).utf8)
        case .double(let value): bytes.append(contentsOf: GoNumber.json(value).utf8)
        case .string(let text): JSONText.append(text.text, to: &bytes)
        case .time(let time): JSONText.append(time.rfc3339, to: &bytes)
        case .list(let values): appendList(values, to: &bytes)
        case .dictionary(let dictionary): dictionary.row.appendJSON(to: &bytes)
        case .object(let object): object.plainValue.appendJSON(to: &bytes)
        case .query, .expression, .scope: bytes.append(contentsOf: "{}".utf8)
        }
    }

    private func appendList(_ values: [VQLValue], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for place in values.indices {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            values[place].appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}

/// The pieces of JSON text.
enum JSONText {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value.magnitude
            var place = digits.count
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if value < 0 {
                place -= 1
                digits[place] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: digits[place...])
        }
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { content in
            if content.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0xE2 }) {
                bytes.append(contentsOf: content)
            } else {
                appendEscaped(content, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ content: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var place = 0
        while place < content.count {
            let byte = content[place]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
            case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
            case 0..<0x20: bytes += Array("\\u00".utf8) + [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            case 0xE2 where isLineSeparator(content, place):
                bytes += Array("\\u202".utf8) + [hexDigits[Int(content[place + 2] & 15)]]
                place += 2
            default: bytes.append(byte)
            }
            place += 1
        }
    }

    /// U+2028 and U+2029, which the server escapes.
    private static func isLineSeparator(_ content: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        place + 2 < content.count && content[place + 1] == 0x80 && (content[place + 2] & 0xFE) == 0xA8
    }
}
