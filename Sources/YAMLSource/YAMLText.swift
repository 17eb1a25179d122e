// SPDX-License-Identifier: Apache-2.0

/// The spellings of a string.
enum YAMLText {
    /// A key of more characters needs a `?` before it (chapter 7.4.3); libyaml counts its quotes too.
    static let longestSimpleKey = 1000

    /// The string on one line: bare where that is safe, else in double quotes.
    static func inline(_ text: String) -> String {
        isSafeBare(text) ? text : quoted(text)
    }

    /// The string as a literal block with its header; `nil` where only quotes can hold it.
    static func literalBlock(_ text: String, indent: Int) -> String? {
        guard text.unicodeScalars.contains("\n"), text.unicodeScalars.contains(where: { $0 != "\n" && $0 != " " }),
            text.unicodeScalars.allSatisfy({ $0 == "\n" || isPrintable($0) })
        else { return nil }
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        var header = "|"
        // The indentation is told where the first line would be mistaken for more or less of it.
        if let first = text.unicodeScalars.first, first == " " || first == "\n" { header += "2" }
        if lines.last?.isEmpty == false {
            header += "-"
        } else {
            lines.removeLast()
            if lines.last?.isEmpty == true { header += "+" }
        }
        let margin = String(repeating: " ", count: indent)
        return lines.reduce(into: header + "\n") { block, line in
            if !line.isEmpty { block += margin + String(line) }
            block += "\n"
        }
    }

    private static func isSafeBare(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isLetter(first) || first == UInt8(ascii: "/"),
            last != UInt8(ascii: ":"), last != 0x20, !reserved.contains(text.lowercased())
        else { return false }
        var previous = first
        for byte in text.utf8 {
            guard isLetter(byte) || (0x30...0x39).contains(byte) || " _./@+:-".utf8.contains(byte) else { return false }
            if previous == UInt8(ascii: ":"), byte == 0x20 { return false }
            previous = byte
        }
        return true
    }

    /// What YAML 1.1 or 1.2 reads as something else than a string.
    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// What may stand in a file as it is. Line ends other than `\n` are missing: a reader would change them.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return output + "\""
    }
}
