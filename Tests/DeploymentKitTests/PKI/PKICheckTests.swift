// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import MegaraptorErrors
import Testing

@Suite("Checks of a deployment's certificates")
struct PKICheckTests {
    private func check(_ name: String, of pki: DeploymentPKI) async throws -> DeploymentCheck {
        let checks = try pki.checks(at: try await TestPKI.now)
        return try #require(checks.first { $0.name == name })
    }

    @Test("Fresh certificates are sound")
    func sound() async throws {
        let pki = try await TestPKI.pki
        let checks = try pki.checks(at: try await TestPKI.now)
        #expect(checks.allSatisfy { $0.status == .ok })
        let names = ["pki.ca", "pki.frontend", "pki.gateway", "pki.api.mcp"]
        #expect(checks.map(\.name) == names + names.map { $0 + ".expiry" })
        try pki.requireSound(at: try await TestPKI.now)
    }

    private static let badFrontends: [(CertificateRequest, String)] = [
        (
            CertificateRequest(
                subject: DistinguishedName(commonName: "velo.example.org"),
                dnsNames: ["VelociraptorServer"]
            ),
            "agents accept only VelociraptorServer"
        ),
        (
            CertificateRequest(subject: DistinguishedName(commonName: "VelociraptorServer")),
            "the GUI cannot reach the API"
        ),
        (
            CertificateRequest(
                subject: DistinguishedName(commonName: "VelociraptorServer"),
                dnsNames: ["VelociraptorServer"],
                purposes: [.client]
            ),
            "It is not for TLS servers."
        ),
    ]

    @Test("A frontend that agents or the GUI would refuse is found", arguments: badFrontends)
    func frontends(request: CertificateRequest, fault: String) async throws {
        let signed = try await TestPKI.signed
        let pki = signed.pki
        let certificate = try signed.authority.issue(request, for: pki.frontend.key)
        let bad = DeploymentPKI(
            authority: pki.authority,
            frontend: Identity(certificate: certificate, key: pki.frontend.key),
            gateway: pki.gateway
        )
        let found = try await check("pki.frontend", of: bad)
        #expect(found.status == .failed && found.message.contains(fault))
        let error = #expect(throws: MegaraptorError.self) { try bad.requireSound(at: certificate.validity.notAfter) }
        #expect(error?.code == .failedPrecondition && error?.message.contains(fault) == true)
    }

    @Test("An API client that is only a client, or the gateway, is found")
    func clients() async throws {
        let signed = try await TestPKI.signed
        let pki = signed.pki
        let key = pki.apiClients[0].key
        let only = CertificateRequest(subject: DistinguishedName(commonName: "only"), purposes: [.client])
        let gateway = CertificateRequest.velociraptorUser("GRPC_GW")
        let bad = DeploymentPKI(
            authority: pki.authority,
            frontend: pki.frontend,
            gateway: pki.gateway,
            apiClients: try [only, gateway].map {
                Identity(certificate: try signed.authority.issue($0, for: key), key: key)
            }
        )
        #expect(try await check("pki.api.only", of: bad).message.contains("Must set a username"))
        #expect(try await check("pki.api.GRPC_GW", of: bad).message.contains("belongs to the server itself"))
        #expect(try await check("pki.gateway", of: bad).message.contains("who would not be found as a user"))
    }

    @Test("Another one's key and another authority's signature are found")
    func strangers() async throws {
        let pki = try await TestPKI.pki
        let other = try await DeploymentPKI.make(hostnames: []).pki
        let mixed = DeploymentPKI(
            authority: pki.authority,
            frontend: other.frontend,
            gateway: Identity(certificate: pki.gateway.certificate, key: pki.frontend.key)
        )
        #expect(try await check("pki.frontend", of: mixed).message == "The authority has not signed it.")
        #expect(try await check("pki.gateway", of: mixed).message == "Its key is another one's.")
        let former = DeploymentPKI(
            authority: pki.authority,
            formerAuthorities: [other.authority],
            frontend: other.frontend,
            gateway: pki.gateway
        )
        #expect(try await check("pki.frontend", of: former).message.hasPrefix("A former authority has signed it"))
    }

    private static let moments: [(Int64, DeploymentCheck.Status, Int64)] = [
        (-31 * 86_400, .ok, 31), (-30 * 86_400, .ok, 30), (-30 * 86_400 + 1, .warning, 29), (0, .warning, 0),
        (1, .failed, -1), (86_400, .failed, -1), (86_401, .failed, -2),
    ]

    @Test("Days count down to the end, with a warning before it", arguments: moments)
    func expiry(offset: Int64, status: DeploymentCheck.Status, days: Int64) async throws {
        let pki = try await TestPKI.pki
        let end = pki.frontend.certificate.validity.notAfter
        let expiry = pki.expiries(at: end + offset)[1]
        #expect(expiry.name == "frontend" && expiry.status == status && expiry.daysLeft == days)
        #expect(expiry.check.name == "pki.frontend.expiry")
        #expect(expiry.check.message.contains(status == .failed ? "expired on" : "\(days) more days"))
    }

    @Test("A certificate for a week is not old from its first day on, and one of tomorrow is not valid today")
    func short() async throws {
        let signed = try await TestPKI.signed
        let week = try signed.pki.reissued(by: signed.authority, hostnames: [], validity: .days(7))
        let (start, end) = (
            week.frontend.certificate.validity.notBefore, week.frontend.certificate.validity.notAfter
        )
        #expect(week.expiries(at: start + 600)[1].status == .ok)
        #expect(week.expiries(at: end - 86_400)[1].status == .warning)
        let early = week.expiries(at: start - 1)[1]
        #expect(early.status == .failed && early.check.message.contains("Look at the clocks"))
    }
}
