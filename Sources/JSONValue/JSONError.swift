// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not JSON, and where.
public struct JSONError: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedCharacter(UInt8)
        /// The document is complete, but something follows it.
        case trailingText
        /// A byte order mark, which RFC 8259 forbids to send.
        case byteOrderMark
        /// A byte sequence that is not UTF-8: also overlong forms and encoded surrogates.
        case invalidUTF8
        /// A byte below 0x20 inside a string, where only its escape is allowed.
        case controlCharacter(UInt8)
        case invalidEscape
        /// `\ud800` and its like without a partner: no text at all.
        case loneSurrogate
        case leadingZero
        case tooDeep(limit: Int)
        /// The bytes are JSON, but not of the kind that was asked for.
        case wrongType(expected: String)
    }

    public let reason: Reason
    /// The number of bytes before the fault.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedEnd: "unexpected end of the text"
        case .unexpectedCharacter(let byte): "unexpected character \(Self.name(of: byte))"
        case .trailingText: "text after the end of the document"
        case .byteOrderMark: "byte order mark, which JSON does not allow,"
        case .invalidUTF8: "invalid UTF-8"
        case .controlCharacter(let byte): "control character \(Self.name(of: byte)) inside a string"
        case .invalidEscape: "invalid escape sequence"
        case .loneSurrogate: "half of a surrogate pair"
        case .leadingZero: "number with a leading zero"
        case .tooDeep(let limit): "more than \(limit) levels of nesting"
        case .wrongType(let expected): "expected \(expected)"
        }
    }

    private static func name(of byte: UInt8) -> String {
        if (0x21...0x7E).contains(byte) { return "'\(Character(UnicodeScalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.count == 1 ? "0" : "") + digits
    }
}
