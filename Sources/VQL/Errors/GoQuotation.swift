// SPDX-License-Identifier: Apache-2.0

/// Text in double quotes as Go's `%q` writes it, which is how the server shows tokens.
enum GoQuotation {
    static func quote(_ text: String) -> String {
        "\"" + text.unicodeScalars.map(escape).joined() + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": #"\""#
        case "\\": #"\\"#
        case "\u{07}": #"\a"#
        case "\u{08}": #"\b"#
        case "\u{0C}": #"\f"#
        case "\n": #"\n"#
        case "\r": #"\r"#
        case "\t": #"\t"#
        case "\u{0B}": #"\v"#
        case _ where scalar.isGoPrintable: String(scalar)
        case _ where scalar.value < 0x80: #"\x"# + hexadecimal(scalar.value, width: 2)
        case _ where scalar.value < 0x10000: #"\u"# + hexadecimal(scalar.value, width: 4)
        default: #"\U"# + hexadecimal(scalar.value, width: 8)
        }
    }

    private static func hexadecimal(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Unicode.Scalar {
    /// Letters, marks, numbers, punctuation, symbols, and of the spaces only the ASCII one.
    fileprivate var isGoPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}
