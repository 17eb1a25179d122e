// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation

/// The certificates of a deployment, made once for all tests.
struct TestPKI: Sendable {
    let authority: CertificateAuthority
    let foreign: CertificateAuthority
    /// One key pair for all leaves saves the making of many.
    let key: PrivateKey
    let otherKey: PrivateKey
    /// On an elliptic curve, which Velociraptor takes in some places only.
    let curveKey: PrivateKey

    static let shared = Task { try TestPKI() }

    private init() throws {
        authority = try .selfSigned(DistinguishedName(commonName: "Test CA", organization: "Test"))
        foreign = try .selfSigned(DistinguishedName(commonName: "Other CA", organization: "Test"))
        key = try .generateRSA()
        otherKey = try .generateRSA()
        curveKey = try PrivateKey(
            pem: """
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIC9HUPRyFN9IuK3E7+05oyJrsbz+aL0b1+DizI9UI1t1oAoGCCqGSM49
                AwEHoUQDQgAEaJhhZKmCRjrRJboflbqk2SLq+pl/H2NvptarkUbdqceq4Tg42/FD
                fKP2WPnf8PbHdaIzmv/FdZRcNjid8L2H6w==
                -----END EC PRIVATE KEY-----
                """
        )
    }

    func server(
        name: String = "VelociraptorServer",
        alternativeNames: [String] = ["VelociraptorServer"],
        validity: Validity = .days(30),
        by signer: CertificateAuthority? = nil
    ) throws -> String {
        let subject = DistinguishedName(commonName: name, organization: "Test")
        let request = CertificateRequest(subject: subject, dnsNames: alternativeNames, validity: validity)
        return try (signer ?? authority).issue(request, for: key).pem()
    }

    func gateway(
        purposes: Set<CertificateRequest.Purpose> = [.server, .client],
        by signer: CertificateAuthority? = nil,
        for key: PrivateKey? = nil
    ) throws -> String {
        let subject = DistinguishedName(commonName: "GRPC_GW", organization: "Test")
        let request = CertificateRequest(subject: subject, purposes: purposes)
        return try (signer ?? authority).issue(request, for: key ?? self.key).pem()
    }

    func user(_ name: String, purposes: Set<CertificateRequest.Purpose> = [.server, .client]) throws -> String {
        var request = CertificateRequest.velociraptorUser(name)
        request.purposes = purposes
        return try authority.issue(request, for: key).pem()
    }

    static let past = Validity(notBefore: 1_600_000_000, notAfter: 1_600_086_400)
}
