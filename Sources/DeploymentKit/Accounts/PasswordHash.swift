// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
public import MegaraptorErrors

/// What the server keeps of a password: the SHA-256 of a random salt and the password, one round, both in lower-case
/// hexadecimal digits. That is Velociraptor's own scheme; only a long random password makes it strong.
public struct PasswordHash: Sendable, Hashable {
    public let salt: String
    public let hash: String

    /// As many bytes as Velociraptor's own salts have.
    static let saltSize = 32

    /// Hashes with a new salt.
    public init(_ password: String) throws(MegaraptorError) {
        try self.init(password, salt: Cryptography.randomBytes(Self.saltSize))
    }

    /// Hashes with a salt that is there, to see whether a password is the one.
    public init(_ password: String, salt: [UInt8]) throws(MegaraptorError) {
        self.salt = Hexadecimal.encode(salt)
        hash = Hexadecimal.encode(try SHA256.digest(salt + Array(password.utf8)))
    }

    /// Takes what a configuration holds.
    public init(salt: String, hash: String) throws(MegaraptorError) {
        guard let bytes = Hexadecimal.decode(salt.utf8), bytes.count >= 16, Hexadecimal.decode(hash.utf8)?.count == 32
        else {
            throw MegaraptorError(
                .invalidArgument,
                "A password's hash must be 64 lower-case hexadecimal digits, and its salt at least 32."
            )
        }
        self.salt = salt
        self.hash = hash
    }

    /// Whether it is this password.
    public func matches(_ password: String) throws(MegaraptorError) -> Bool {
        let salt = Hexadecimal.decode(salt.utf8) ?? []
        let other = try PasswordHash(password, salt: salt)
        return Cryptography.areEqual(Array(other.hash.utf8), Array(hash.utf8))
    }
}
