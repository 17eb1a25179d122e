// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

/// How an RSA key signs bytes; always over their SHA-256.
public enum SignatureScheme: Sendable, CaseIterable {
    /// PKCS#1 v1.5: `RS256` of RFC 7518.
    case rsaPKCS1
    /// PSS with a salt as long as the digest: `PS256` of RFC 7518.
    case rsaPSS

    /// Tells OpenSSL's context.
    fileprivate func set(on context: OpaquePointer?) -> Bool {
        switch self {
        case .rsaPKCS1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0
        case .rsaPSS:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0
        }
    }
}

extension PrivateKey {
    /// Signs bytes.
    ///
    /// - Throws: `unsupported` where this is no RSA key.
    public func sign(_ bytes: [UInt8], _ scheme: SignatureScheme) throws(MegaraptorError) -> [UInt8] {
        guard isRSA else { throw MegaraptorError(.unsupported, "only RSA keys sign here, and this key is \(kind)") }
        return try withKey { key throws(MegaraptorError) in
            let digest = try OpenSSLFailure.require(EVP_MD_CTX_new())
            defer { EVP_MD_CTX_free(digest) }
            var context: OpaquePointer?
            var length = 0
            guard EVP_DigestSignInit(digest, &context, EVP_sha256(), nil, key) == 1, scheme.set(on: context),
                EVP_DigestSign(digest, nil, &length, bytes, bytes.count) == 1
            else { throw OpenSSLFailure.error(.internal, "the private key cannot sign") }
            var signature = [UInt8](repeating: 0, count: length)
            guard EVP_DigestSign(digest, &signature, &length, bytes, bytes.count) == 1 else {
                throw OpenSSLFailure.error(.internal, "the private key cannot sign")
            }
            return Array(signature.prefix(length))
        }
    }
}

extension Certificate {
    /// Whether the holder of this certificate's key signed exactly these bytes.
    public func verifies(
        _ signature: [UInt8],
        of bytes: [UInt8],
        _ scheme: SignatureScheme
    ) throws(MegaraptorError) -> Bool {
        try Self.withCertificate(der) { certificate throws(MegaraptorError) in
            let digest = try OpenSSLFailure.require(EVP_MD_CTX_new())
            defer {
                EVP_MD_CTX_free(digest)
                ERR_clear_error()
            }
            var context: OpaquePointer?
            let key = X509_get0_pubkey(certificate)
            guard EVP_DigestVerifyInit(digest, &context, EVP_sha256(), nil, key) == 1, scheme.set(on: context) else {
                return false
            }
            return EVP_DigestVerify(digest, signature, signature.count, bytes, bytes.count) == 1
        }
    }

    /// The SHA-1 of ``der``, by which older services know a certificate (`x5t`). It proves nothing.
    public func sha1Thumbprint() throws(MegaraptorError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        try OpenSSLFailure.check(
            EVP_Digest(der, der.count, &digest, nil, EVP_sha1(), nil),
            "the certificate has no thumbprint"
        )
        return digest
    }
}
