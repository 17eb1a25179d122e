// SPDX-License-Identifier: Apache-2.0

/// Text from elsewhere, made safe to look at.
///
/// Control characters and those that change the direction of writing, or that nobody sees, are shown as `\u202e`:
/// what an endpoint wrote cannot move a cursor, hide, or pass for something else.
public enum VisibleText {
    public static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
        var output: [UInt8] = []
        var text = text
        text.withUTF8 { escape(UnsafeRawBufferPointer($0), into: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends valid UTF-8 with the characters in question escaped. Inside a JSON string an escape means the character.
    public static func escape(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        var copied = 0
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard byte < 0x20 || byte >= 0x7F else {
                position += 1
                continue
            }
            let (scalar, length) = decode(bytes, at: position)
            if isHidden(scalar) {
                output.append(contentsOf: bytes[copied..<position])
                append(scalar, into: &output)
                copied = position + length
            }
            position += length
        }
        output.append(contentsOf: bytes[copied...])
    }

    /// Controls, directional marks and overrides, zero-width and other unseen characters, line separators, tags.
    private static func isHidden(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0..<0x20, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer, at position: Int) -> (scalar: UInt32, length: Int) {
        let first = UInt32(bytes[position])
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard length > 1, position + length <= bytes.count else { return (first, 1) }
        var scalar = first & (0x7F >> UInt32(length))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
        return (scalar, length)
    }

    private static func append(_ scalar: UInt32, into output: inout [UInt8]) {
        guard scalar > 0xFFFF else { return append(unit: UInt16(scalar), into: &output) }
        let offset = scalar - 0x10000
        append(unit: UInt16(0xD800 + offset >> 10), into: &output)
        append(unit: UInt16(0xDC00 + offset & 0x3FF), into: &output)
    }

    private static func append(unit: UInt16, into output: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        output.append(contentsOf: "\\u".utf8)
        output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        output.append(contentsOf: digits.utf8)
    }
}
