// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A name or address by which a machine is reached. What could break a URL, a certificate or a file is no host name.
public struct HostName: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        case name
        case ipv4
        case ipv6
    }

    /// In lower case, an IPv6 address without brackets.
    public let text: String
    public let kind: Kind

    /// Takes labels of letters, digits and `-`, or an internet address of either version.
    ///
    /// - Throws: `invalidArgument`, also for a URL, a port behind the name, or brackets.
    public init(_ text: String) throws(MegaraptorError) {
        let lower = text.lowercased()
        if Self.isAddress(lower, AF_INET) {
            kind = .ipv4
        } else if Self.isAddress(lower, AF_INET6) {
            kind = .ipv6
        } else if Self.isName(lower) {
            kind = .name
        } else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(100))\" is not a host name or internet address.",
                hint:
                    "Give a name such as velociraptor.example.org or an address such as 192.0.2.7, without https:// or port."
            )
        }
        self.text = lower
    }

    /// As it stands in a URL or before a port: an IPv6 address in brackets.
    public var bracketed: String { kind == .ipv6 ? "[\(text)]" : text }

    /// Whether only the machine itself reaches itself by it.
    public var isLoopback: Bool {
        switch kind {
        case .name: text == "localhost" || text.hasSuffix(".localhost")
        case .ipv4: text.hasPrefix("127.")
        case .ipv6: text == "::1"
        }
    }

    public var description: String { text }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        // To the C library a text ends at its first zero byte.
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        return inet_pton(family, text, &address) == 1
    }

    /// RFC 1123. A last label of digits alone would be a misspelt address.
    private static func isName(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else { return false }
        return !last.allSatisfy(isDigit)
    }

    private static func isLabel(_ label: some BidirectionalCollection<UInt8>) -> Bool {
        let dash = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != dash, label.last != dash else { return false }
        return label.allSatisfy { isDigit($0) || $0 == dash || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
