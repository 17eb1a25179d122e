// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

/// The certificate and key that a server presents, ready for connections.
public final class TLSIdentity: Sendable {
    /// OpenSSL counts its references itself and lets many threads make connections of it; nothing here changes it.
    nonisolated(unsafe) let context: OpaquePointer

    /// - Parameters:
    ///   - certificate: one PEM certificate, with its chain after it.
    ///   - privateKey: its PEM key, of any kind that OpenSSL reads.
    /// - Throws: `invalidArgument` where they cannot be read or do not belong together.
    public init(certificate: String, privateKey: String) throws(MegaraptorError) {
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw Self.refused("make a TLS context") }
        do throws(MegaraptorError) {
            guard mr_ssl_require_tls12(context) == 1 else { throw Self.refused("require TLS 1.2") }
            try Self.addCertificates(certificate, to: context)
            try Self.addKey(privateKey, to: context)
        } catch {
            SSL_CTX_free(context)
            throw error
        }
        self.context = context
    }

    deinit {
        SSL_CTX_free(context)
    }

    private static func addCertificates(_ pem: String, to context: OpaquePointer) throws(MegaraptorError) {
        var isFirst = true
        try reading(pem) { stream throws(MegaraptorError) in
            while let certificate = PEM_read_bio_X509(stream, nil, { _, _, _, _ in 0 }, nil) {
                defer { X509_free(certificate) }
                let answer =
                    isFirst
                    ? Int(SSL_CTX_use_certificate(context, certificate))
                    : mr_ssl_add_chain_certificate(context, certificate)
                guard answer == 1 else { throw refused("use the certificate") }
                isFirst = false
            }
        }
        ERR_clear_error()
        if isFirst { throw refused("read the certificate") }
    }

    private static func addKey(_ pem: String, to context: OpaquePointer) throws(MegaraptorError) {
        try reading(pem) { stream throws(MegaraptorError) in
            // Without this callback OpenSSL would ask on the terminal.
            guard let key = PEM_read_bio_PrivateKey(stream, nil, { _, _, _, _ in 0 }, nil) else {
                throw refused("read the private key")
            }
            defer { EVP_PKEY_free(key) }
            guard SSL_CTX_use_PrivateKey(context, key) == 1, SSL_CTX_check_private_key(context) == 1 else {
                throw refused("use the private key with this certificate")
            }
        }
    }

    private static func reading(
        _ pem: String,
        _ body: (OpaquePointer) throws(MegaraptorError) -> Void
    ) throws(MegaraptorError) {
        let bytes = Array(pem.utf8)
        try bytes.withUnsafeBufferPointer { buffer throws(MegaraptorError) in
            guard let stream = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else {
                throw refused("read PEM")
            }
            defer { BIO_free(stream) }
            try body(stream)
        }
    }

    private static func refused(_ what: String) -> MegaraptorError {
        ERR_clear_error()
        return MegaraptorError(.invalidArgument, "OpenSSL cannot \(what).")
    }
}
