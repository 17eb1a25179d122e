// SPDX-License-Identifier: Apache-2.0

internal import CLibCrypto
public import MegaraptorErrors

/// Signatures after RFC 8032. Keys are 32 bytes, signatures 64.
public enum Ed25519 {
    public static func publicKey(of secret: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        try check(secret, 32, "secret key")
        var key = [UInt8](repeating: 0, count: 32)
        guard mr_ed25519_public_key(secret, &key) else { throw Cryptography.failure("derive a public key") }
        return key
    }

    public static func sign(_ bytes: [UInt8], secret: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        try check(secret, 32, "secret key")
        var signature = [UInt8](repeating: 0, count: 64)
        guard mr_ed25519_sign(secret, bytes, bytes.count, &signature) else { throw Cryptography.failure("sign") }
        return signature
    }

    /// Whether the holder of the secret key signed exactly these bytes.
    public static func verifies(
        _ signature: [UInt8],
        of bytes: [UInt8],
        publicKey: [UInt8]
    ) throws(MegaraptorError) -> Bool {
        try check(publicKey, 32, "public key")
        try check(signature, 64, "signature")
        return mr_ed25519_verify(publicKey, bytes, bytes.count, signature)
    }

    private static func check(_ bytes: [UInt8], _ count: Int, _ what: String) throws(MegaraptorError) {
        try Cryptography.require()
        guard bytes.count == count else {
            throw MegaraptorError(.invalidArgument, "The \(what) has \(bytes.count) bytes instead of \(count).")
        }
    }
}
