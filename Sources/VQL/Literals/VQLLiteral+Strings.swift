// SPDX-License-Identifier: Apache-2.0

extension VQLLiteral {
    /// Bytes in single quotes. Characters that print stand as they are; a control character, and a byte that is not
    /// part of a character, as `\xHH`, which the language reads as that byte.
    static func quote(_ bytes: some Collection<UInt8>) -> String {
        var text = "'"
        var parser = UTF8.ForwardParser()
        var input = bytes.makeIterator()
        var rest = bytes[...]
        while true {
            switch parser.parseScalar(from: &input) {
            case .valid(let character):
                text += escape(UTF8.decode(character))
                rest = rest.dropFirst(character.count)
            case .error(let length):
                text += rest.prefix(length).map(hexadecimalEscape).joined()
                rest = rest.dropFirst(length)
            case .emptyInput:
                return text + "'"
            }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "'": #"\'"#
        case "\\": #"\\"#
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: hexadecimalEscape(UInt8(scalar.value))
        default: String(scalar)
        }
    }

    private static func hexadecimalEscape(_ byte: UInt8) -> String {
        #"\x"# + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
}
