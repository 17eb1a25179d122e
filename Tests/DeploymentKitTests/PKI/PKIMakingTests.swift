// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import MegaraptorErrors
import Testing

@Suite("Certificates of a deployment")
struct PKIMakingTests {
    @Test("Each certificate has the names and purposes that the server, agents and API clients demand")
    func names() async throws {
        let pki = try await TestPKI.pki
        #expect(pki.authority.isCA)
        #expect(pki.authority.subject.hasSuffix(",O=Velociraptor"))
        let days = (pki.authority.validity.notAfter - pki.authority.validity.notBefore) / 86_400
        #expect(days == 3650)
        let frontend = pki.frontend.certificate
        #expect(frontend.commonName == "VelociraptorServer")
        #expect(frontend.dnsNames == ["VelociraptorServer", "velo.example.org"])
        #expect(frontend.ipAddresses == ["192.0.2.7", "2001:DB8:0:0:0:0:0:7"])
        #expect(pki.gateway.certificate.commonName == "GRPC_GW")
        let client = try #require(try pki.apiClient(UserName("mcp")))
        #expect(client.certificate.commonName == "mcp")
        for leaf in [pki.frontend, pki.gateway, client] {
            #expect(leaf.certificate.purposes == [.server, .client])
            #expect(leaf.certificate.maySign && !leaf.certificate.isCA)
            #expect(leaf.key.isRSA)
            #expect(try leaf.certificate.isSigned(by: pki.authority))
            #expect(try leaf.certificate.matches(leaf.key))
        }
        #expect(Set([pki.frontend.key, pki.gateway.key, client.key]).count == 3)
    }

    @Test("The openssl program verifies the chain for both purposes and finds the key traditional and whole")
    func openssl() async throws {
        let pki = try await TestPKI.pki
        try await ScratchFolder.with { scratch in
            try pki.save(in: scratch.file("pki"))
            for name in ["frontend", "gateway", "api-mcp"] {
                for purpose in ["sslserver", "sslclient"] {
                    let verified = try scratch.run(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        purpose,
                        "-CAfile",
                        "pki/ca.crt",
                        "pki/\(name).pem"
                    )
                    #expect(verified.output == "pki/\(name).pem: OK\n")
                }
                #expect(try scratch.read("pki/\(name).pem").contains("-----BEGIN RSA PRIVATE KEY-----\n"))
                let key = try scratch.run("openssl", "rsa", "-in", "pki/\(name).pem", "-check", "-noout")
                #expect(key.status == 0 && key.output.contains("RSA key ok"))
            }
            let host = try scratch.run(
                "openssl",
                "verify",
                "-verify_hostname",
                "VelociraptorServer",
                "-CAfile",
                "pki/ca.crt",
                "pki/frontend.pem"
            )
            #expect(host.status == 0, "\(host.output)")
            let text = try scratch.run("openssl", "x509", "-in", "pki/frontend.pem", "-noout", "-text").output
            #expect(text.contains("Signature Algorithm: sha256WithRSAEncryption"))
            #expect(text.contains("Subject: O = Velociraptor, CN = VelociraptorServer"))
            #expect(text.contains("DNS:VelociraptorServer, DNS:velo.example.org, IP Address:192.0.2.7"))
            #expect(text.contains("TLS Web Server Authentication, TLS Web Client Authentication"))
            #expect(text.contains("Public-Key: (2048 bit)"))
        }
    }

    @Test("Two deployments have authorities of different names and keys")
    func distinct() async throws {
        let other = try await DeploymentPKI.make(hostnames: []).pki
        let pki = try await TestPKI.pki
        #expect(other.authority.subject != pki.authority.subject)
        #expect(try !other.frontend.certificate.isSigned(by: pki.authority))
    }

    @Test("A profile's hours and days are in the certificates, and none outlives its authority")
    func terms() async throws {
        let rapid = DeploymentPKI.Terms(profile: .rapid)
        #expect(rapid.server.notAfter - rapid.server.notBefore == 7 * 86_400 + 300)
        #expect(rapid.apiClient.notAfter - rapid.apiClient.notBefore == 72 * 3600 + 300)
        let short = DeploymentPKI.Terms(authority: .days(2), server: .days(365), apiClient: .days(1))
        let pki = try await DeploymentPKI.make(hostnames: [], apiClients: [UserName("a")], terms: short).pki
        #expect(pki.frontend.certificate.validity.notAfter == pki.authority.validity.notAfter)
        #expect(pki.apiClients[0].certificate.validity.notAfter < pki.authority.validity.notAfter)
    }

    @Test("The bundle does not show its keys")
    func secrecy() async throws {
        let signed = try await TestPKI.signed
        var dumped = ""
        dump(signed, to: &dumped)
        let secret = try signed.authority.key.pkcs1PEM().split(separator: "\n")[1]
        #expect(!dumped.contains(secret))
        #expect("\(signed.pki)".hasPrefix("DeploymentPKI(CN=Velociraptor CA "))
    }
}
