// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

extension Certificate {
    /// Reads the first certificate of a PEM text.
    public init(pem: some Sequence<UInt8>) throws(MegaraptorError) {
        self = try OpenSSLMemory.reading(Array(pem)) { stream throws(MegaraptorError) in
            guard let certificate = try Self.next(in: stream) else { throw Self.noCertificate() }
            return certificate
        }
    }

    /// Reads the first certificate of a PEM text.
    public init(pem: String) throws(MegaraptorError) {
        try self.init(pem: pem.utf8)
    }

    /// Reads all certificates of a PEM text, at least one. Other things between them, such as keys, are passed over.
    public static func all(pem: some Sequence<UInt8>) throws(MegaraptorError) -> [Certificate] {
        try OpenSSLMemory.reading(Array(pem)) { stream throws(MegaraptorError) in
            var certificates: [Certificate] = []
            while let certificate = try next(in: stream) { certificates.append(certificate) }
            guard !certificates.isEmpty else { throw noCertificate() }
            return certificates
        }
    }

    /// Reads all certificates of a PEM text, at least one.
    public static func all(pem: String) throws(MegaraptorError) -> [Certificate] {
        try all(pem: pem.utf8)
    }

    /// The certificate as `BEGIN CERTIFICATE`.
    public func pem() throws(MegaraptorError) -> String {
        try OpenSSLMemory.writing { stream throws(MegaraptorError) in
            try Self.withCertificate(der) { certificate throws(MegaraptorError) in
                try OpenSSLFailure.check(PEM_write_bio_X509(stream, certificate), "the certificate cannot be written")
            }
        }
    }

    /// The next certificate; `nil` at the end of the text.
    private static func next(in stream: OpaquePointer) throws(MegaraptorError) -> Certificate? {
        ERR_clear_error()
        guard let certificate = PEM_read_bio_X509(stream, nil, { _, _, _, _ in 0 }, nil) else {
            if ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE {
                ERR_clear_error()
                return nil
            }
            throw OpenSSLFailure.error(.invalidArgument, "a certificate in the PEM text is damaged")
        }
        defer { X509_free(certificate) }
        return try Certificate(certificate)
    }

    private static func noCertificate() -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "there is no certificate in the PEM text",
            hint: "A certificate begins with \"-----BEGIN CERTIFICATE-----\"."
        )
    }
}
