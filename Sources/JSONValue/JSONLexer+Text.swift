// SPDX-License-Identifier: Apache-2.0

extension JSONLexer {
    /// The text of the string whose opening quote has just been read.
    mutating func readString() throws(JSONError) -> String {
        let first = position
        let escaped = try skipString()
        return text(of: first..<position - 1, escaped: escaped)
    }

    /// The text of a string's content that ``skipString()`` has passed.
    func text(of range: Range<Int>, escaped: Bool) -> String {
        let content = bytes(range)
        guard escaped else { return String(decoding: content, as: UTF8.self) }
        // No escape is shorter than the UTF-8 of what it stands for.
        return String(unsafeUninitializedCapacity: content.count) { Self.unescape(content, into: $0) }
    }

    /// Copies a string that ``skipString()`` has accepted, its escapes resolved; returns the length.
    private static func unescape(
        _ content: UnsafeRawBufferPointer,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var position = 0
        var length = 0
        while position < content.count {
            let byte = content[position]
            if byte != Byte.backslash {
                output[length] = byte
                position += 1
                length += 1
            } else if let character = character(forEscape: content[position + 1]) {
                output[length] = character
                position += 2
                length += 1
            } else {
                let (scalar, consumed) = escapedScalar(UnsafeRawBufferPointer(rebasing: content[position...]))
                position += consumed
                for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    output[length] = unit
                    length += 1
                }
            }
        }
        return length
    }

    /// The scalar that one `\uXXXX`, or a pair of them, stands for, and the bytes they take.
    private static func escapedScalar(_ escape: UnsafeRawBufferPointer) -> (scalar: Unicode.Scalar, consumed: Int) {
        let unit = hexadecimalUnit(escape) ?? 0
        if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
        let low = hexadecimalUnit(UnsafeRawBufferPointer(rebasing: escape[6...])) ?? 0
        let code = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
        return (Unicode.Scalar(code) ?? "\u{FFFD}", 12)
    }
}
