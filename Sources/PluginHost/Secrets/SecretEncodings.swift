// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// How a value may be written by whoever passes it on without meaning to hide it.
enum SecretEncodings {
    /// A line of a key has at least this many characters; shorter lines may be anybody's.
    private static let shortestLine = 16

    static func all(of value: [UInt8]) -> [[UInt8]] {
        var forms = encodings(of: value)
        // Without its line end, and a key line by line, as logs and terminals show it.
        let lines = value.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { Array($0) }
        if lines.count == 1, lines[0] != value { forms += encodings(of: lines[0]) }
        if lines.count > 1 {
            forms += lines.filter { $0.count >= shortestLine && !$0.starts(with: "-----".utf8) }
        }
        return forms
    }

    private static func encodings(of value: [UInt8]) -> [[UInt8]] {
        let text = String(decoding: value, as: UTF8.self)
        let json = JSONValue.string(text).json().dropFirst().dropLast()
        // Some writers of JSON escape slashes.
        let slashed = json.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
        let hexadecimal = Hexadecimal.encode(value)
        var forms = [text, String(json), slashed, hexadecimal, hexadecimal.uppercased()]
        for alphabet in Base64.Alphabet.allCases { forms += base64(value, alphabet) }
        for digits in [hexadecimal, hexadecimal.uppercased()] {
            for kept in ["-._~", "-._~/", "-._~*+", "-._~!'()*"] { forms.append(percent(value, digits, kept)) }
            forms.append(percent(value, digits, "-._*", space: "+"))
        }
        return [value] + forms.map { Array($0.utf8) }
    }

    /// In base64 alone, and as it shows where it stands in something longer, as in a user's name with a password:
    /// after one and after two bytes more than a multiple of three, each time without the characters that neighbours
    /// have a part in.
    private static func base64(_ value: [UInt8], _ alphabet: Base64.Alphabet) -> [String] {
        let alone = Base64.encode(value, alphabet)
        let inside = (0...2).map { shift in
            let whole = Base64.encode([UInt8](repeating: 0, count: shift) + value, alphabet)
            let full = (shift + value.count) * 8 / 6
            return String(whole.prefix(full).dropFirst((shift * 8 + 5) / 6))
        }
        // A few characters would be found by chance.
        return [String(alone.prefix { $0 != "=" }), alone] + inside.filter { $0.utf8.count >= 6 }
    }

    /// Percent-encoded; letters, digits and `kept` stay.
    private static func percent(_ value: [UInt8], _ digits: String, _ kept: String, space: String = "%20") -> String {
        let kept = Set(kept.utf8)
        let digits = Array(digits.utf8)
        var encoded: [UInt8] = []
        for (place, byte) in value.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                encoded.append(byte)
            case UInt8(ascii: " "): encoded += space.utf8
            case _ where kept.contains(byte): encoded.append(byte)
            default: encoded += [UInt8(ascii: "%")] + digits[2 * place...2 * place + 1]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
