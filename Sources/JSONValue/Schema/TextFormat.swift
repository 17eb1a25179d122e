// SPDX-License-Identifier: Apache-2.0

/// The formats that are checked. Any other name after `format` is an annotation.
enum TextFormat: String, Sendable, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case email
    case hostname
    case ipv4
    case ipv6
    case uri
    case uuid
    case jsonPointer = "json-pointer"

    func accepts(_ text: String) -> Bool {
        switch self {
        case .dateTime: Self.isDateTime(text)
        case .date: ISO8601.isDate(text)
        case .time: ISO8601.isTime(text)
        case .email: Self.isEmail(text)
        case .hostname: Self.isHostname(text)
        case .ipv4: InternetAddress.isVersion4(text)
        case .ipv6: InternetAddress.isVersion6(text)
        case .uri: Self.isURI(text)
        case .uuid: Self.isUUID(text)
        case .jsonPointer: JSONPointer(parsing: text) != nil
        }
    }

    /// The format in words, with an example.
    var explanation: String {
        switch self {
        case .dateTime: "a date and time with time zone such as 2026-11-23T15:49:58Z"
        case .date: "a date such as 2026-11-23"
        case .time: "a time with time zone such as 15:49:58Z"
        case .email: "an e-mail address such as name@example.org"
        case .hostname: "a host name such as server.example.org"
        case .ipv4: "an IPv4 address such as 192.0.2.7"
        case .ipv6: "an IPv6 address such as 2001:db8::7"
        case .uri: "an absolute URI such as https://example.org/path"
        case .uuid: "a UUID such as 123e4567-e89b-12d3-a456-426614174000"
        case .jsonPointer: "a JSON pointer such as /items/0"
        }
    }

    /// RFC 3339 lets applications put a space for the `T`; the format does not.
    private static func isDateTime(_ text: String) -> Bool {
        ISO8601.unixMicroseconds(text) != nil && !text.utf8.contains(0x20)
    }

    /// The addresses of RFC 5321 without quoted names and address literals.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count) else { return false }
        let atoms = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isName = atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomCharacter) }
        return isName && isHostname(String(decoding: parts[1], as: UTF8.self))
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// Labels of letters, digits and inner hyphens (RFC 1123), at most 253 characters in all.
    private static func isHostname(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { isAlphanumeric($0) || $0 == Byte.minus }
                    && label.first != Byte.minus && label.last != Byte.minus
            }
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: Byte.minus, omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(isHexadecimal)
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (Byte.zero...Byte.nine).contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        (Byte.zero...Byte.nine).contains(byte) || (UInt8(ascii: "a")...Byte.f).contains(byte | 0x20)
    }
}
