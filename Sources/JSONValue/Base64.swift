// SPDX-License-Identifier: Apache-2.0

/// Bytes in base64 after RFC 4648.
public enum Base64 {
    public enum Alphabet: Sendable, CaseIterable {
        /// With `+` and `/`.
        case standard
        /// With `-` and `_`, for addresses and file names.
        case url

        fileprivate var characters: [UInt8] {
            let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
            return Array((common + (self == .standard ? "+/" : "-_")).utf8)
        }
    }

    /// Padded with `=` to a multiple of four characters.
    public static func encode(_ bytes: some Sequence<UInt8>, _ alphabet: Alphabet = .standard) -> String {
        let characters = alphabet.characters
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var pending = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            pending += 8
            while pending >= 6 {
                pending -= 6
                text.append(characters[Int(bits >> UInt32(pending) & 63)])
            }
        }
        if pending > 0 { text.append(characters[Int(bits << UInt32(6 - pending) & 63)]) }
        while !text.count.isMultiple(of: 4) { text.append(padding) }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: `nil` unless `text` is exactly what ``encode(_:_:)`` writes.
    public static func decode(_ text: some Collection<UInt8>, _ alphabet: Alphabet = .standard) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var values = [UInt8](repeating: .max, count: 256)
        for (value, character) in alphabet.characters.enumerated() { values[Int(character)] = UInt8(value) }
        let padded = text.suffix(2).count { $0 == padding }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var pending = 0
        for character in text.dropLast(padded) {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            pending += 6
            guard pending >= 8 else { continue }
            pending -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
        }
        // What is left over of the last character must be nothing, or two texts would mean the same bytes.
        return pending == 2 * padded && bits & (1 << UInt32(pending) - 1) == 0 ? bytes : nil
    }

    private static let padding = UInt8(ascii: "=")
}
