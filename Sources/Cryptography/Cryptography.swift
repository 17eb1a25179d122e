// SPDX-License-Identifier: Apache-2.0

internal import CLibCrypto
public import MegaraptorErrors

/// What the host needs of OpenSSL 3's libcrypto, which is opened at the first use. All of it may be used on any thread.
public enum Cryptography {
    /// - Throws: `failed_precondition` where the library is missing.
    static func require() throws(MegaraptorError) {
        guard mr_crypto_is_available() else {
            throw MegaraptorError(
                .failedPrecondition,
                "libcrypto.so.3 cannot be loaded, so nothing can be sealed, signed or compared. Nothing has been done.",
                hint: "Install OpenSSL 3 (Debian's package libssl3)."
            )
        }
    }

    static func failure(_ what: String) -> MegaraptorError {
        MegaraptorError(.internal, "OpenSSL could not \(what).")
    }

    /// Bytes from the system's source for secrets.
    public static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Compares without telling by its time where two secrets differ.
    public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The SHA-1 of some bytes: 20 bytes. It protects nothing; others name things by it.
    public static func sha1(_ message: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        try require()
        var digest = [UInt8](repeating: 0, count: 20)
        guard mr_sha1(message, message.count, &digest) else { throw failure("compute a SHA-1") }
        return digest
    }

    public static func hmacSHA256(_ message: [UInt8], key: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        try require()
        var code = [UInt8](repeating: 0, count: 32)
        guard mr_hmac_sha256(key, key.count, message, message.count, &code) else {
            throw failure("compute a message authentication code")
        }
        return code
    }

    /// A key of 32 bytes from a passphrase, after PBKDF2 with HMAC-SHA256 (RFC 8018). Takes time on purpose.
    public static func pbkdf2SHA256(
        _ passphrase: [UInt8],
        salt: [UInt8],
        iterations: UInt32
    ) throws(MegaraptorError) -> [UInt8] {
        try require()
        var key = [UInt8](repeating: 0, count: 32)
        guard mr_pbkdf2_sha256(passphrase, passphrase.count, salt, salt.count, iterations, &key) else {
            throw failure("derive a key")
        }
        return key
    }
}
