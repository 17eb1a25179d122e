// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors
import Testing

@Suite("Certificate authorities")
struct CertificateAuthorityTests {
    @Test("A new authority signs itself for ten years")
    func selfSigned() throws {
        let certificate = try TestAuthority.shared.get().certificate
        #expect(certificate.isCA)
        #expect(certificate.subject == certificate.issuer)
        let days = (certificate.validity.notAfter - certificate.validity.notBefore) / 86_400
        #expect(days == 3650)
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(certificate.pem(), to: "ca.pem")
            let outcome = try openssl.run("verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem")
            #expect(outcome.output == "ca.pem: OK\n")
        }
    }

    private static let purposes: [(Set<CertificateRequest.Purpose>, Bool, Bool)] = [
        ([.server, .client], true, true), ([.server], true, false), ([.client], false, true), ([], true, true),
    ]

    @Test("Issued certificates pass a strict check for their purposes and no others", arguments: purposes)
    func verified(purposes: Set<CertificateRequest.Purpose>, asServer: Bool, asClient: Bool) throws {
        let authority = try TestAuthority.shared.get()
        let subject = DistinguishedName(commonName: "leaf")
        let leaf = try TestAuthority.issue(
            CertificateRequest(subject: subject, dnsNames: ["leaf"], purposes: purposes)
        )
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(authority.certificate.pem(), to: "ca.pem")
            try openssl.write(leaf.pem(), to: "leaf.pem")
            for (purpose, expected) in [("sslserver", asServer), ("sslclient", asClient)] {
                let outcome = try openssl.run(
                    "verify",
                    "-x509_strict",
                    "-purpose",
                    purpose,
                    "-CAfile",
                    "ca.pem",
                    "leaf.pem"
                )
                #expect((outcome.status == 0) == expected, "\(purpose): \(outcome.output)")
            }
        }
    }

    @Test("A certificate can be made that has expired, or is not valid yet")
    func windows() throws {
        let authority = try TestAuthority.shared.get()
        let windows: [(Validity, String)] = [
            (Validity(notBefore: 1_600_000_000, notAfter: 1_600_086_400), "certificate has expired"),
            (Validity(notBefore: 4_000_000_000, notAfter: 4_000_086_400), "certificate is not yet valid"),
        ]
        for (validity, reason) in windows {
            let leaf = try TestAuthority.issue(.velociraptorUser("analyst", validity: validity))
            #expect(leaf.validity == validity)
            try OpenSSLCommand.withWorkplace { openssl in
                try openssl.write(authority.certificate.pem(), to: "ca.pem")
                try openssl.write(leaf.pem(), to: "leaf.pem")
                let outcome = try openssl.run("verify", "-CAfile", "ca.pem", "leaf.pem")
                #expect(outcome.status != 0)
                #expect(outcome.output.contains(reason))
            }
        }
    }

    @Test("Velociraptor's names are where it looks for them")
    func velociraptorNames() throws {
        let server = try TestAuthority.issue(.velociraptorServer())
        #expect(server.commonName == "VelociraptorServer")
        #expect(server.dnsNames == ["VelociraptorServer"])
        let user = try TestAuthority.issue(.velociraptorUser("analyst"))
        #expect(user.commonName == "analyst")
        #expect(user.dnsNames == ["analyst"])
        let foreign = try TestAuthority.issue(.velociraptorUser("jörg müller"))
        #expect(foreign.commonName == "jörg müller")
        #expect(foreign.dnsNames.isEmpty)
    }

    @Test("An identity is a certificate with its own new key")
    func identities() throws {
        let authority = try TestAuthority.shared.get()
        let identity = try authority.issueIdentity(.velociraptorUser("analyst"))
        #expect(try identity.certificate.matches(identity.key))
        #expect(try identity.certificate.isSigned(by: authority.certificate))
        #expect(identity.key != authority.key)
    }

    @Test("An authority read from its files signs like the first")
    func reloaded() throws {
        let first = try TestAuthority.shared.get()
        let again = try CertificateAuthority(
            certificate: Certificate(pem: first.certificate.pem()),
            key: PrivateKey(pem: first.key.pkcs1PEM())
        )
        let leaf = try again.issue(.velociraptorUser("a"), for: TestAuthority.key.get())
        #expect(try leaf.isSigned(by: first.certificate))
    }

    @Test("A wrong key, or a certificate that may not sign, makes no authority")
    func noAuthority() throws {
        let authority = try TestAuthority.shared.get()
        let key = try TestAuthority.key.get()
        let leaf = try TestAuthority.issue(.velociraptorUser("a"))
        let mismatch = #expect(throws: MegaraptorError.self) {
            try CertificateAuthority(certificate: authority.certificate, key: key)
        }
        #expect(mismatch?.message == "the private key does not belong to the CA certificate")
        let noCA = #expect(throws: MegaraptorError.self) { try CertificateAuthority(certificate: leaf, key: key) }
        #expect(noCA?.message == "the certificate CN=a,O=Velociraptor may not sign certificates")
    }

    private static let refused: [(CertificateRequest, String)] = [
        (
            CertificateRequest(subject: DistinguishedName(commonName: "")),
            "a name in a certificate must have 1 to 64 characters: \"\""
        ),
        (
            CertificateRequest(subject: DistinguishedName(commonName: "a"), dnsNames: ["é.example"]),
            "\"é.example\" cannot be a DNS name in a certificate"
        ),
        (
            CertificateRequest(subject: DistinguishedName(commonName: "a"), ipAddresses: ["300.1.1.1"]),
            "\"300.1.1.1\" is not an internet address"
        ),
        (
            CertificateRequest(
                subject: DistinguishedName(commonName: "a"),
                validity: Validity(notBefore: 2, notAfter: 1)
            ),
            "the certificate would end before it begins"
        ),
    ]

    @Test("What no certificate can hold is refused", arguments: refused)
    func refuses(request: CertificateRequest, message: String) throws {
        let error = #expect(throws: MegaraptorError.self) { try TestAuthority.issue(request) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == message)
    }

    @Test("Validity counts days from a little before now, ends included")
    func validity() {
        let validity = Validity.days(1)
        #expect(validity.notAfter - validity.notBefore == 86_400 + 300)
        #expect(validity.contains(validity.notBefore) && validity.contains(validity.notAfter))
        #expect(!validity.contains(validity.notBefore - 1) && !validity.contains(validity.notAfter + 1))
    }
}
