// SPDX-License-Identifier: Apache-2.0

extension StringLiteral {
    /// Decodes a string as the server does.
    /// - Parameter spelling: A text that is one string token, with its quotes.
    init(spelling: String) {
        self.init(spelling: spelling, bytes: Self.decode(Array(spelling.utf8)))
    }

    /// Whether it is `'''…'''`, in which a backslash is only a backslash.
    public var isRaw: Bool {
        Self.isRaw(spelling.utf8)
    }

    private static func isRaw(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count >= 6 && bytes.starts(with: Array("'''".utf8))
    }

    private static func decode(_ quoted: [UInt8]) -> [UInt8] {
        isRaw(quoted) ? Array(quoted[3..<quoted.count - 3]) : unescape(quoted[1..<quoted.count - 1])
    }

    /// The server unescapes in place. An invalid `\xZZ` only moves its two cursors on, so what stays there is the byte
    /// that the text had at the place written to; a `\x` with fewer than two characters left ends the string.
    private static func unescape(_ escaped: ArraySlice<UInt8>) -> [UInt8] {
        var bytes = Array(escaped)
        var read = 0
        var written = 0
        while read < bytes.count {
            defer { written += 1 }
            guard bytes[read] == ASCII.backslash, read + 1 < bytes.count else {
                bytes[written] = bytes[read]
                read += 1
                continue
            }
            switch bytes[read + 1] {
            case UInt8(ascii: "x"), UInt8(ascii: "X"):
                guard read + 3 < bytes.count else { return Array(bytes[..<written]) }
                if let high = bytes[read + 2].hexDigitValue, let low = bytes[read + 3].hexDigitValue {
                    bytes[written] = high << 4 | low
                    read += 4
                } else {
                    read += 1
                }
            case let character:
                bytes[written] = control(character) ?? character
                read += 2
            }
        }
        return Array(bytes[..<written])
    }

    private static func control(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "n"): ASCII.newline
        case UInt8(ascii: "r"): ASCII.carriageReturn
        case UInt8(ascii: "t"): ASCII.tab
        default: nil
        }
    }
}
