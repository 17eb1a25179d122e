// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Signs certificates.
public struct CertificateAuthority: Sendable {
    public let certificate: Certificate
    public let key: PrivateKey

    /// - Throws: `invalidArgument` where the key is another one's, or the certificate may not sign.
    public init(certificate: Certificate, key: PrivateKey) throws(MegaraptorError) {
        guard try certificate.matches(key) else {
            throw MegaraptorError(.invalidArgument, "the private key does not belong to the CA certificate")
        }
        guard certificate.isCA else {
            throw MegaraptorError(.invalidArgument, "the certificate \(certificate.subject) may not sign certificates")
        }
        self.certificate = certificate
        self.key = key
    }

    /// Makes a new authority that signs itself. Velociraptor's own are valid for ten years.
    public static func selfSigned(
        _ subject: DistinguishedName,
        validity: Validity = .days(3650),
        keySize: PrivateKey.Size = .bits2048
    ) throws(MegaraptorError) -> CertificateAuthority {
        try selfSigned(subject, validity: validity, key: try PrivateKey.generateRSA(keySize))
    }

    /// Makes a new authority that signs itself with a key that is there.
    public static func selfSigned(
        _ subject: DistinguishedName,
        validity: Validity = .days(3650),
        key: PrivateKey
    ) throws(MegaraptorError) -> CertificateAuthority {
        let certificate = try CertificateBuilder.selfSigned(subject, validity: validity, key: key)
        return try CertificateAuthority(certificate: certificate, key: key)
    }

    /// Signs a certificate for somebody's key.
    public func issue(_ request: CertificateRequest, for key: PrivateKey) throws(MegaraptorError) -> Certificate {
        try CertificateBuilder.issue(request, for: key, by: self)
    }

    /// Makes a key and signs its certificate.
    public func issueIdentity(
        _ request: CertificateRequest,
        keySize: PrivateKey.Size = .bits2048
    ) throws(MegaraptorError) -> Identity {
        let key = try PrivateKey.generateRSA(keySize)
        return Identity(certificate: try issue(request, for: key), key: key)
    }
}

/// A certificate and the key that goes with it.
public struct Identity: Sendable {
    public let certificate: Certificate
    public let key: PrivateKey

    public init(certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
    }
}

/// Who a certificate is for.
public struct DistinguishedName: Sendable, Hashable {
    /// At most 64 characters (RFC 5280).
    public var commonName: String
    /// At most 64 characters; left out where `nil`.
    public var organization: String?

    public init(commonName: String, organization: String? = nil) {
        self.commonName = commonName
        self.organization = organization
    }
}

/// What an authority is asked to sign.
public struct CertificateRequest: Sendable {
    /// What the holder may do in TLS.
    public enum Purpose: Sendable, Hashable, CaseIterable {
        case server
        case client
    }

    public var subject: DistinguishedName
    /// Host names, ASCII only.
    public var dnsNames: [String]
    /// Internet addresses of either version.
    public var ipAddresses: [String]
    /// Both by default: Velociraptor checks API clients as if they were servers, and refuses one that is only a client.
    public var purposes: Set<Purpose>
    public var validity: Validity

    public init(
        subject: DistinguishedName,
        dnsNames: [String] = [],
        ipAddresses: [String] = [],
        purposes: Set<Purpose> = [.server, .client],
        validity: Validity = .days(365)
    ) {
        self.subject = subject
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.purposes = purposes
        self.validity = validity
    }
}
