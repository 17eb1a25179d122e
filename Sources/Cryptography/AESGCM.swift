// SPDX-License-Identifier: Apache-2.0

internal import CLibCrypto
public import MegaraptorErrors

/// Authenticated encryption with AES-256-GCM: what was sealed opens only unchanged, with the same associated data.
public enum AESGCM {
    public static let keySize = 32
    public static let nonceSize = 12
    public static let tagSize = 16

    /// - Parameter nonce: must never be used twice with one key.
    /// - Returns: as many bytes as were given, and the tag.
    public static func seal(
        _ bytes: [UInt8],
        key: [UInt8],
        nonce: [UInt8],
        associated: [UInt8]
    ) throws(MegaraptorError) -> [UInt8] {
        try check(key, nonce)
        var sealed = [UInt8](repeating: 0, count: bytes.count + tagSize)
        guard mr_aes_gcm_seal(key, nonce, associated, associated.count, bytes, bytes.count, &sealed) else {
            throw Cryptography.failure("encrypt")
        }
        return sealed
    }

    /// - Returns: `nil` where the key is another one, or anything was changed.
    public static func open(
        _ sealed: [UInt8],
        key: [UInt8],
        nonce: [UInt8],
        associated: [UInt8]
    ) throws(MegaraptorError) -> [UInt8]? {
        try check(key, nonce)
        guard sealed.count >= tagSize else { return nil }
        var opened = [UInt8](repeating: 0, count: sealed.count - tagSize)
        guard mr_aes_gcm_open(key, nonce, associated, associated.count, sealed, sealed.count, &opened) else {
            return nil
        }
        return opened
    }

    private static func check(_ key: [UInt8], _ nonce: [UInt8]) throws(MegaraptorError) {
        try Cryptography.require()
        guard key.count == keySize, nonce.count == nonceSize else {
            throw MegaraptorError(.internal, "A key has \(key.count) bytes and a nonce \(nonce.count), not 32 and 12.")
        }
    }
}
