// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A range of addresses in CIDR notation, from which a port may be reached.
public struct SourceRange: Sendable, Hashable {
    /// As rules take it: no host bits, IPv6 in its short form as RFC 5952 has it.
    public let text: String
    public let isIPv6: Bool
    /// Whether this is the whole internet.
    public let isWorld: Bool
    private let bytes: [UInt8]
    private let length: Int

    /// - Throws: `invalidArgument` where it is no range, or where host bits are set: then it is unclear what was meant.
    public init(_ text: String) throws(MegaraptorError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = IPAddress.bytes(String(parts[0])), let length = Self.length(parts[1]),
            length <= bytes.count * 8
        else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(60))\" is not a range of addresses.",
                hint: "Write an address and a length, such as 203.0.113.7/32 or 2001:db8::/48."
            )
        }
        let masked = Self.masked(bytes, length)
        let normal = "\(IPAddress.text(masked))/\(length)"
        guard masked == bytes else {
            throw MegaraptorError(
                .invalidArgument,
                "The range \(text) has bits set beyond its length.",
                hint: "Did you mean \(normal), or the one address \(IPAddress.text(bytes))/\(bytes.count * 8)?"
            )
        }
        self.text = normal
        self.isIPv6 = bytes.count == 16
        self.isWorld = length == 0
        self.bytes = masked
        self.length = length
    }

    /// Whether every address of another range is in this one, too. Of two ranges one holds the other, or they share
    /// nothing.
    public func holds(_ other: SourceRange) -> Bool {
        isIPv6 == other.isIPv6 && length <= other.length && Self.masked(other.bytes, length) == bytes
    }

    private static func length(_ digits: Substring) -> Int? {
        (1...3).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { place, byte in
            let kept = min(8, max(0, length - place * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}
