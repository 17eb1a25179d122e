// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

/// An X.509 certificate: its bytes, and what they say.
public struct Certificate: Sendable, Hashable {
    /// The certificate itself.
    public let der: [UInt8]
    /// Who it is for, as `CN=VelociraptorServer,O=Velociraptor` (RFC 2253).
    public let subject: String
    /// The first common name of the subject, which is the user's name on a Velociraptor API certificate.
    public let commonName: String?
    /// Who signed it, written as ``subject``.
    public let issuer: String
    /// The serial number in upper-case hexadecimal digits.
    public let serialNumber: String
    /// When it may be used.
    public let validity: Validity
    /// The DNS names of the subject alternative name.
    public let dnsNames: [String]
    /// The addresses of the subject alternative name, as `192.0.2.7` or `2001:DB8:0:0:0:0:0:7`.
    public let ipAddresses: [String]
    /// Whether its holder may sign certificates.
    public let isCA: Bool
    /// What its holder may do in TLS; `nil` where the certificate does not say, which allows everything.
    public let purposes: Set<CertificateRequest.Purpose>?
    /// Whether its key may sign, which TLS 1.3 and gRPC need of both sides. True where the certificate does not say.
    public let maySign: Bool
    /// The SHA-256 of ``der`` as `openssl x509 -fingerprint -sha256` writes it: `3F:A0:…`.
    public let fingerprint: String

    /// Reads one certificate.
    public init(der: [UInt8]) throws(MegaraptorError) {
        self = try Self.withCertificate(der) { certificate throws(MegaraptorError) in try Certificate(certificate) }
    }

    /// Reads what there is to know from OpenSSL's object, which stays the caller's.
    init(_ certificate: OpaquePointer) throws(MegaraptorError) {
        der = try OpenSSLMemory.encoding("the certificate cannot be encoded") { i2d_X509(certificate, $0) }
        let reader = CertificateReader(certificate: certificate)
        subject = try reader.text(of: X509_get_subject_name(certificate))
        issuer = try reader.text(of: X509_get_issuer_name(certificate))
        commonName = reader.commonName
        serialNumber = try reader.serialNumber()
        validity = try reader.validity()
        (dnsNames, ipAddresses) = reader.alternativeNames()
        isCA = X509_get_extension_flags(certificate) & UInt32(EXFLAG_CA) != 0
        purposes = reader.purposes
        maySign = X509_get_key_usage(certificate) & UInt32(KU_DIGITAL_SIGNATURE) != 0
        fingerprint = try reader.fingerprint()
    }

    static func withCertificate<Answer>(
        _ der: [UInt8],
        _ body: (OpaquePointer) throws(MegaraptorError) -> Answer
    ) throws(MegaraptorError) -> Answer {
        try der.withUnsafeBufferPointer { buffer throws(MegaraptorError) in
            var start = buffer.baseAddress
            guard let certificate = d2i_X509(nil, &start, buffer.count) else {
                throw OpenSSLFailure.error(.invalidArgument, "the bytes are not a certificate")
            }
            defer { X509_free(certificate) }
            return try body(certificate)
        }
    }
}

// MARK: - Relations

extension Certificate {
    /// Whether the certificate is for this key.
    public func matches(_ key: PrivateKey) throws(MegaraptorError) -> Bool {
        try Self.withCertificate(der) { certificate throws(MegaraptorError) in
            try key.withKey { key throws(MegaraptorError) in
                defer { ERR_clear_error() }
                return X509_check_private_key(certificate, key) == 1
            }
        }
    }

    /// Whether `issuer` signed this certificate: the names fit and the signature is right. Says nothing about dates.
    public func isSigned(by issuer: Certificate) throws(MegaraptorError) -> Bool {
        try Self.withCertificate(der) { certificate throws(MegaraptorError) in
            try Self.withCertificate(issuer.der) { authority throws(MegaraptorError) in
                defer { ERR_clear_error() }
                guard X509_check_issued(authority, certificate) == X509_V_OK else { return false }
                return X509_verify(certificate, X509_get0_pubkey(authority)) == 1
            }
        }
    }
}

extension Certificate: CustomStringConvertible {
    public var description: String { "Certificate(\(subject), serial number \(serialNumber))" }
}
