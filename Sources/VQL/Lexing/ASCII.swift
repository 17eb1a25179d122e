// SPDX-License-Identifier: Apache-2.0

/// The bytes that the lexer knows by name.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let formFeed: UInt8 = 0x0C
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let backtick = UInt8(ascii: "`")
    static let backslash = UInt8(ascii: "\\")
    static let minus = UInt8(ascii: "-")
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let dot = UInt8(ascii: ".")
    static let bar = UInt8(ascii: "|")
    static let ampersand = UInt8(ascii: "&")
}

extension UInt8 {
    /// Vertical tab is not among them.
    var isVQLWhitespace: Bool {
        switch self {
        case ASCII.tab, ASCII.newline, ASCII.formFeed, ASCII.carriageReturn, ASCII.space: true
        default: false
        }
    }

    var isASCIIDigit: Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self
    }

    var isHexDigit: Bool {
        hexDigitValue != nil
    }

    var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    var startsName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    var continuesName: Bool {
        startsName || isASCIIDigit
    }

    /// Whether it is a further byte of a code point.
    var continuesCodePoint: Bool {
        self & 0xC0 == 0x80
    }
}
