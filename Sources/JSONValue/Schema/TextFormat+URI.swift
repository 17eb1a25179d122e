// SPDX-License-Identifier: Apache-2.0

extension TextFormat {
    /// A URI with a scheme (RFC 3986): allowed characters only, each `%` with two digits, brackets only around an
    /// address.
    static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: Byte.colon) else { return false }
        let scheme = text.utf8[..<colon]
        guard let first = scheme.first, isLetter(first), scheme.allSatisfy(isSchemeCharacter) else { return false }
        var rest = text.utf8[text.utf8.index(after: colon)...]
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
            guard isAuthority(rest[..<end]) else { return false }
            rest = rest[end...]
        }
        let parts = rest.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { isEncoded($0, alsoAllowed: ":@/?") }
    }

    private static func isAuthority(_ authority: Substring.UTF8View) -> Bool {
        var host = authority
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            guard isEncoded(authority[..<at], alsoAllowed: ":") else { return false }
            host = authority[authority.index(after: at)...]
        }
        if host.first == Byte.openBracket {
            guard let end = host.firstIndex(of: Byte.closeBracket) else { return false }
            let address = host[host.index(after: host.startIndex)..<end]
            host = host[host.index(after: end)...]
            guard InternetAddress.isVersion6(String(decoding: address, as: UTF8.self)) else { return false }
            guard host.isEmpty || host.first == Byte.colon else { return false }
        }
        let parts = host.split(separator: Byte.colon, maxSplits: 1, omittingEmptySubsequences: false)
        guard isEncoded(parts[0], alsoAllowed: "") else { return false }
        return parts.count == 1 || parts[1].allSatisfy { (Byte.zero...Byte.nine).contains($0) }
    }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "+-.".utf8.contains(byte)
    }

    private static func isEncoded(_ part: Substring.UTF8View, alsoAllowed: String) -> Bool {
        var rest = part
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, rest.prefix(2).allSatisfy(isHexadecimal) else { return false }
                rest = rest.dropFirst(2)
            } else if !isAlphanumeric(byte), !"-._~!$&'()*+,;=".utf8.contains(byte), !alsoAllowed.utf8.contains(byte) {
                return false
            }
        }
        return true
    }
}

/// The spellings of internet addresses.
enum InternetAddress {
    /// Four decimal numbers without leading zeros.
    static func isVersion4(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: Byte.dot, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.count), part.allSatisfy({ (Byte.zero...Byte.nine).contains($0) }),
                    part.count == 1 || part.first != Byte.zero
                else { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - Byte.zero) } <= 255
            }
    }

    /// Eight groups (RFC 4291), or fewer around one `::`; the last two may be an IPv4 address. No zone.
    static func isVersion6(_ text: String) -> Bool {
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        var gaps = 0
        for (place, group) in groups.enumerated() {
            if group.isEmpty {
                // An empty group at an end is half of a `::` that begins or ends the address.
                let isEnd = place == 0 || place == groups.count - 1
                let neighbour = place == 0 ? 1 : place - 1
                if isEnd, groups.count < 3 || !groups[neighbour].isEmpty { return false }
                if !isEnd { gaps += 1 }
            } else if place == groups.count - 1, isVersion4(String(group)) {
                count += 2
            } else if group.utf8.count <= 4, group.utf8.allSatisfy(TextFormat.isHexadecimal) {
                count += 1
            } else {
                return false
            }
        }
        return gaps == 0 ? count == 8 && groups.count >= 7 : gaps == 1 && count <= 7
    }
}
