// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

/// A private key. It never shows itself: printing and dumping give its kind only.
public struct PrivateKey: Sendable, Hashable {
    /// OpenSSL's traditional encoding where the kind of key has one, else PKCS#8.
    private let der: [UInt8]
    /// The kind and size, such as `RSA 2048`.
    public let kind: String

    /// The sizes of RSA keys that are made.
    public enum Size: UInt32, Sendable, CaseIterable {
        case bits2048 = 2048
        case bits3072 = 3072
        case bits4096 = 4096
    }

    /// Makes a new RSA key, the only kind that Velociraptor accepts everywhere. Takes from a tenth of a second to
    /// seconds.
    public static func generateRSA(_ size: Size = .bits2048) throws(MegaraptorError) -> PrivateKey {
        let key = try OpenSSLFailure.require(mr_rsa_generate(size.rawValue))
        defer { EVP_PKEY_free(key) }
        return try PrivateKey(key)
    }

    /// Reads the first private key of a PEM text: PKCS#1, PKCS#8, or the traditional form of an elliptic curve.
    ///
    /// - Throws: `failedPrecondition` for an encrypted key, `invalidArgument` where there is no key.
    public init(pem: some Sequence<UInt8>) throws(MegaraptorError) {
        let bytes = Array(pem)
        try Self.refuseEncrypted(String(decoding: bytes, as: UTF8.self))
        self = try OpenSSLMemory.reading(bytes) { stream throws(MegaraptorError) in
            // Without this callback OpenSSL would ask on the terminal.
            guard let key = PEM_read_bio_PrivateKey(stream, nil, { _, _, _, _ in 0 }, nil) else {
                throw OpenSSLFailure.error(
                    .invalidArgument,
                    "no private key can be read from the PEM text",
                    hint:
                        "A key begins with \"-----BEGIN RSA PRIVATE KEY-----\" or \"-----BEGIN PRIVATE KEY-----\"."
                )
            }
            defer { EVP_PKEY_free(key) }
            return try PrivateKey(key)
        }
    }

    /// Reads the first private key of a PEM text.
    public init(pem: String) throws(MegaraptorError) {
        try self.init(pem: pem.utf8)
    }

    /// Whether it is of the kind that Velociraptor demands of its servers.
    public var isRSA: Bool { kind.hasPrefix("RSA ") }

    private init(_ key: OpaquePointer) throws(MegaraptorError) {
        der = try OpenSSLMemory.encoding("the private key cannot be encoded") { i2d_PrivateKey(key, $0) }
        let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
        kind = "\(name) \(EVP_PKEY_get_bits(key))"
    }

    private static func refuseEncrypted(_ text: String) throws(MegaraptorError) {
        let isEncrypted =
            text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")
        guard isEncrypted else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "the private key is encrypted, and there is nobody to ask for its passphrase",
            hint:
                "Decrypt it with \"openssl pkey -in encrypted.pem -out key.pem\" into a file that only you can read."
        )
    }

    /// Lends the key to OpenSSL.
    func withKey<Answer>(
        _ body: (OpaquePointer) throws(MegaraptorError) -> Answer
    ) throws(MegaraptorError) -> Answer {
        try der.withUnsafeBufferPointer { buffer throws(MegaraptorError) in
            var start = buffer.baseAddress
            let key = try OpenSSLFailure.require(d2i_AutoPrivateKey(nil, &start, buffer.count))
            defer { EVP_PKEY_free(key) }
            return try body(key)
        }
    }
}

// MARK: - Writing

extension PrivateKey {
    /// The key as `BEGIN RSA PRIVATE KEY` (PKCS#1), the form that Velociraptor needs. Secret.
    public func pkcs1PEM() throws(MegaraptorError) -> String {
        guard isRSA else {
            throw MegaraptorError(.unsupported, "PKCS#1 holds RSA keys only, and this key is \(kind)")
        }
        return try OpenSSLMemory.writing { stream throws(MegaraptorError) in
            try withKey { key throws(MegaraptorError) in
                let answer = PEM_write_bio_PrivateKey_traditional(stream, key, nil, nil, 0, nil, nil)
                try OpenSSLFailure.check(answer, "the private key cannot be written")
            }
        }
    }

    /// The key as `BEGIN PRIVATE KEY` (PKCS#8). Secret.
    public func pkcs8PEM() throws(MegaraptorError) -> String {
        try OpenSSLMemory.writing { stream throws(MegaraptorError) in
            try withKey { key throws(MegaraptorError) in
                let answer = PEM_write_bio_PKCS8PrivateKey(stream, key, nil, nil, 0, nil, nil)
                try OpenSSLFailure.check(answer, "the private key cannot be written")
            }
        }
    }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "PrivateKey(\(kind))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
