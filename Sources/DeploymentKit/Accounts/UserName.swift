// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// The name of a Velociraptor user, which is also the common name of its API certificate and part of a file's name.
public struct UserName: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// The gateway between the GUI and the API; a certificate of this name would be nobody's user.
    public static let gateway = "GRPC_GW"
    /// The server itself, which may do everything without a user's record.
    public static let server = "VelociraptorServer"

    /// Takes the letters, digits and `@ . - _ # +` that the server takes, at most 64, the most that a certificate holds.
    /// The first one is a letter or digit.
    public init(_ text: String) throws(MegaraptorError) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed),
            text.utf8.first.map(Self.isAlphanumeric) == true
        else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(100))\" cannot be a user's name.",
                hint: "Use 1 to 64 letters, digits and @ . - _ # +, the first a letter or digit."
            )
        }
        guard ![Self.gateway, Self.server].contains(text) else {
            throw MegaraptorError(.invalidArgument, "The name \(text) belongs to the server itself.")
        }
        self.text = text
    }

    public var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "@.-_#+".utf8.contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
