// SPDX-License-Identifier: Apache-2.0

extension Identifier {
    /// The name as the server understands it in an alias, a LET, an argument or a member after a call.
    ///
    /// There the text between backticks goes through Go's unquoting: `` `a\nb` `` has a newline, and an invalid escape
    /// drops what came before it (`` `a\q b` `` is `\q b`). For a symbol that is read the backslashes stay, see
    /// ``name``.
    public var unquotedName: String {
        guard isQuoted, spelling.utf8.contains(ASCII.backslash) else { return name }
        return GoUnquotation.unquote(Array(name.utf8))
    }
}

/// Go's escapes for characters, as between backticks.
private enum GoUnquotation {
    static func unquote(_ text: [UInt8]) -> String {
        var rest = text[...]
        var result: [UInt8] = []
        while let byte = rest.first {
            if byte != ASCII.backslash {
                result.append(byte)
                rest = rest.dropFirst()
            } else if let escape = Escape(rest) {
                result += escape.bytes
                rest = rest.dropFirst(escape.length)
            } else {
                return String(decoding: rest, as: UTF8.self)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// One escape at the beginning of some text: what it stands for, and how many bytes it takes.
    private struct Escape {
        let bytes: [UInt8]
        let length: Int

        init?(_ text: ArraySlice<UInt8>) {
            guard let letter = text.dropFirst().first else { return nil }
            switch letter {
            case UInt8(ascii: "x"): self.init(byteFrom: text.dropFirst(2).prefix(2), radix: 16, length: 4)
            case UInt8(ascii: "u"): self.init(scalarFrom: text.dropFirst(2).prefix(4), length: 6)
            case UInt8(ascii: "U"): self.init(scalarFrom: text.dropFirst(2).prefix(8), length: 10)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                self.init(byteFrom: text.dropFirst().prefix(3), radix: 8, length: 4)
            default:
                guard let byte = Self.named[letter] else { return nil }
                self.init(bytes: [byte], length: 2)
            }
        }

        private init(bytes: [UInt8], length: Int) {
            self.bytes = bytes
            self.length = length
        }

        private init?(byteFrom digits: ArraySlice<UInt8>, radix: Int, length: Int) {
            guard digits.count == (radix == 16 ? 2 : 3), digits.allSatisfy(\.isHexDigit),
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: radix)
            else { return nil }
            self.init(bytes: [byte], length: length)
        }

        private init?(scalarFrom digits: ArraySlice<UInt8>, length: Int) {
            guard digits.count == length - 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            self.init(bytes: Array(String(scalar).utf8), length: length)
        }

        private static let named: [UInt8: UInt8] = [
            UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): ASCII.formFeed,
            UInt8(ascii: "n"): ASCII.newline, UInt8(ascii: "r"): ASCII.carriageReturn, UInt8(ascii: "t"): ASCII.tab,
            UInt8(ascii: "v"): 0x0B, ASCII.backslash: ASCII.backslash,
        ]
    }
}
