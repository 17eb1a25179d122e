// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors
import Testing

@Suite("Certificates")
struct CertificateTests {
    private static let validity = Validity(notBefore: 1_700_000_000, notAfter: 4_200_000_000)

    private static func sample() throws -> Certificate {
        try TestAuthority.issue(
            CertificateRequest(
                subject: DistinguishedName(commonName: "Jörg, \"x\"", organization: "Velociraptor"),
                dnsNames: ["a.example", "b.example,DNS:evil"],
                ipAddresses: ["192.0.2.7", "2001:db8::7"],
                validity: validity
            )
        )
    }

    @Test("A certificate says what was asked for")
    func facts() throws {
        let certificate = try Self.sample()
        #expect(certificate.commonName == "Jörg, \"x\"")
        #expect(certificate.subject == "CN=Jörg\\, \\\"x\\\",O=Velociraptor")
        #expect(certificate.issuer == "CN=Test CA,O=Velociraptor")
        #expect(certificate.validity == Self.validity)
        #expect(certificate.dnsNames == ["a.example", "b.example,DNS:evil"])
        #expect(certificate.ipAddresses == ["192.0.2.7", "2001:DB8:0:0:0:0:0:7"])
        #expect(!certificate.isCA)
        #expect(certificate.serialNumber.count == 32)
        #expect(try Self.sample().serialNumber != certificate.serialNumber)
    }

    private static let allowed: [Set<CertificateRequest.Purpose>] = [[.server, .client], [.server], [.client], []]

    @Test("What a certificate is for is read back; without a word it is for everything", arguments: allowed)
    func purposes(purposes: Set<CertificateRequest.Purpose>) throws {
        let subject = DistinguishedName(commonName: "leaf")
        let leaf = try TestAuthority.issue(CertificateRequest(subject: subject, purposes: purposes))
        #expect(leaf.purposes == (purposes.isEmpty ? nil : purposes))
        #expect(leaf.maySign)
    }

    @Test("A key usage without signatures is seen")
    func keyUsage() throws {
        let key = try TestAuthority.key.get()
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(key.pkcs8PEM(), to: "key.pem")
            let options = ["req", "-x509", "-key", "key.pem", "-subj", "/CN=a", "-out", "a.pem"]
            let outcome = try openssl.run(options + ["-addext", "keyUsage=critical,keyAgreement"])
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(try !Certificate(pem: openssl.read("a.pem")).maySign)
        }
    }

    @Test("The openssl command reads the same facts")
    func secondOpinion() throws {
        let certificate = try Self.sample()
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(certificate.pem(), to: "leaf.pem")
            let text = try openssl.run(
                "x509",
                "-in",
                "leaf.pem",
                "-noout",
                "-serial",
                "-fingerprint",
                "-sha256",
                "-dates",
                "-dateopt",
                "iso_8601",
                "-ext",
                "subjectAltName,keyUsage,extendedKeyUsage,basicConstraints"
            ).output
            #expect(text.contains("serial=\(certificate.serialNumber)\n"))
            #expect(text.contains("Fingerprint=\(certificate.fingerprint)\n"))
            #expect(text.contains("notBefore=2023-11-14 22:13:20Z"))
            #expect(text.contains("notAfter=2103-02-04 02:40:00Z"))
            #expect(text.contains("IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7"))
            #expect(text.contains("TLS Web Server Authentication, TLS Web Client Authentication"))
            #expect(text.contains("Key Usage: critical\n    Digital Signature, Key Encipherment\n"))
            #expect(text.contains("Basic Constraints: critical\n    CA:FALSE\n"))
        }
    }

    @Test("PEM and DER are read back as the same certificate")
    func forms() throws {
        let certificate = try Self.sample()
        #expect(try Certificate(pem: certificate.pem()) == certificate)
        #expect(try Certificate(der: certificate.der) == certificate)
        #expect(try Certificate(pem: Array(certificate.pem().utf8)) == certificate)
    }

    @Test("A bundle gives its certificates in order, whatever stands between them")
    func bundles() throws {
        let leaf = try Self.sample()
        let authority = try TestAuthority.shared.get().certificate
        let key = try TestAuthority.key.get()
        let bundle = try "leaf:\n" + leaf.pem() + key.pkcs1PEM() + "\n" + authority.pem()
        #expect(try Certificate.all(pem: bundle) == [leaf, authority])
        #expect(try Certificate(pem: bundle) == leaf)
        #expect(try PrivateKey(pem: bundle) == key)
    }

    @Test("Keys and signatures are told apart")
    func relations() throws {
        let leaf = try Self.sample()
        let authority = try TestAuthority.shared.get()
        let key = try TestAuthority.key.get()
        #expect(try leaf.matches(key))
        #expect(try !leaf.matches(authority.key))
        #expect(try leaf.isSigned(by: authority.certificate))
        #expect(try authority.certificate.isSigned(by: authority.certificate))
        #expect(try !authority.certificate.isSigned(by: leaf))
        // The same name over another key is not the same authority.
        let name = DistinguishedName(commonName: "Test CA", organization: "Velociraptor")
        let impostor = try CertificateAuthority.selfSigned(name)
        #expect(try !leaf.isSigned(by: impostor.certificate))
    }

    @Test(
        "What is no certificate is refused",
        arguments: ["", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    )
    func absent(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try Certificate.all(pem: text) }
        #expect(error?.message == "there is no certificate in the PEM text")
        #expect(error?.code == .invalidArgument)
    }

    @Test("A damaged certificate is an error, also behind a good one")
    func damaged() throws {
        let good = try Self.sample().pem()
        var lines = good.split(separator: "\n", omittingEmptySubsequences: false)
        lines.removeSubrange(3..<6)
        let bad = lines.joined(separator: "\n")
        let error = #expect(throws: MegaraptorError.self) { try Certificate(pem: bad) }
        #expect(error?.message == "a certificate in the PEM text is damaged")
        #expect(error?.cause?.hasPrefix("OpenSSL: ") == true)
        #expect(throws: MegaraptorError.self) { try Certificate.all(pem: good + bad) }
        #expect(throws: MegaraptorError.self) { try Certificate(der: [0x30, 0x03, 1, 2, 3]) }
    }
}
