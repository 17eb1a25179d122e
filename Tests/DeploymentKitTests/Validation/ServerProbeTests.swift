// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import Foundation
import HTTPTransport
import Testing

@Suite("Probes of a running server")
struct ServerProbeTests {
    private func probe(_ address: HTTPAddress) async throws -> ServerProbe {
        ServerProbe(ServerTarget(address: address, trust: .authority(try await TestPKI.pki.authority)))
    }

    private func statuses(_ checks: [DeploymentCheck]) -> [String] { checks.map { "\($0.name) \($0.status.rawValue)" } }

    @Test("A server as it should be passes every check")
    func good() async throws {
        let pki = try await TestPKI.pki
        let now = try await TestPKI.now
        try await StandInServer.with(pki.frontend) { address in
            let probe = try await probe(address)
            #expect(probe.target.name == "VelociraptorServer")
            let frontend = await probe.frontend(expecting: pki.frontend.certificate, at: now)
            #expect(statuses(frontend) == ["frontend.tls ok", "frontend.server_pem ok", "frontend.certificate ok"])
            #expect(statuses(await probe.gui()) == ["gui.tls ok", "gui.redirect ok", "gui.closed ok"])
            #expect(statuses(await probe.login(StandInServer.login)) == ["gui.login ok", "gui.api ok"])
        }
    }

    @Test("A server of another authority is not believed, and nothing is said to be well behind that")
    func stranger() async throws {
        let other = try await DeploymentPKI.make(hostnames: []).pki
        let now = try await TestPKI.now
        try await StandInServer.with(other.frontend) { address in
            let probe = try await probe(address)
            let frontend = await probe.frontend(expecting: nil, at: now)
            #expect(
                statuses(frontend)
                    == ["frontend.tls failed", "frontend.server_pem unknown", "frontend.certificate unknown"]
            )
            #expect(frontend[0].message.contains("does not prove to be VelociraptorServer"))
            #expect(statuses(await probe.gui()) == ["gui.tls failed", "gui.redirect unknown", "gui.closed unknown"])
            #expect(statuses(await probe.login(StandInServer.login)) == ["gui.login failed", "gui.api unknown"])
        }
    }

    @Test("The right authority and a wrong name are not enough")
    func wrongName() async throws {
        let signed = try await TestPKI.signed
        let request = CertificateRequest(
            subject: DistinguishedName(commonName: "velo.example.org"),
            dnsNames: ["velo.example.org"]
        )
        let certificate = try signed.authority.issue(request, for: signed.pki.frontend.key)
        let identity = Identity(certificate: certificate, key: signed.pki.frontend.key)
        try await StandInServer.with(identity) { address in
            let checks = await (try probe(address)).frontend(expecting: nil, at: 0)
            #expect(checks[0].status == .failed)
            // By the name that it does have it is believed.
            let pem = Array(try signed.pki.authority.pem().utf8)
            let target = ServerTarget(address: address, trust: .pem(pem, try HostName("velo.example.org")))
            #expect(await ServerProbe(target).gui()[0].status == .ok)
        }
    }

    @Test("Nobody there, and somebody without TLS, are failures")
    func absent() async throws {
        let pki = try await TestPKI.pki
        try await ReservedPort.with { address in
            let checks = await (try probe(address)).frontend(expecting: nil, at: 0)
            #expect(checks[0].status == .failed && checks[0].message.contains("does not answer"))
        }
        try await StandInServer.with(pki.frontend, fault: .noTLS) { address in
            let gui = await (try probe(address)).gui()
            #expect(gui[0].status == .failed)
        }
    }

    @Test("A server that was not restarted after a rotation, and a certificate that ends, are told")
    func certificates() async throws {
        let signed = try await TestPKI.signed
        let new = try signed.pki.reissued(by: signed.authority, hostnames: [])
        try await StandInServer.with(signed.pki.frontend) { address in
            let end = signed.pki.frontend.certificate.validity.notAfter
            let checks = await (try probe(address)).frontend(expecting: new.frontend.certificate, at: end - 86_400)
            #expect(
                statuses(checks) == ["frontend.tls ok", "frontend.server_pem warning", "frontend.certificate warning"]
            )
            #expect(checks[1].message.contains("restarted since a rotation"))
            let late = await (try probe(address)).frontend(expecting: nil, at: end + 1)
            #expect(late[2].status == .failed)
        }
    }

    @Test("Each fault of what answers is found by its check")
    func faults() async throws {
        let pki = try await TestPKI.pki
        let now = try await TestPKI.now
        try await StandInServer.with(pki.frontend, fault: .open) { address in
            let checks = await (try probe(address)).gui()
            #expect(statuses(checks) == ["gui.tls ok", "gui.redirect ok", "gui.closed failed"])
        }
        try await StandInServer.with(pki.frontend, fault: .noAPI) { address in
            let checks = await (try probe(address)).login(StandInServer.login)
            #expect(statuses(checks) == ["gui.login ok", "gui.api failed"])
            #expect(checks[1].message.contains("API.hostname"))
        }
        try await StandInServer.with(pki.frontend, fault: .noPEM) { address in
            let checks = await (try probe(address)).frontend(expecting: nil, at: now)
            #expect(
                statuses(checks) == ["frontend.tls ok", "frontend.server_pem failed", "frontend.certificate unknown"]
            )
            let gui = await (try probe(address)).gui()
            #expect(gui[1].status == .failed)
        }
        try await StandInServer.with(pki.frontend, fault: .otherPage) { address in
            let checks = await (try probe(address)).frontend(expecting: nil, at: now)
            #expect(checks[1].status == .failed)
            let gui = await (try probe(address)).gui()
            #expect(gui[1].status == .warning)
        }
    }

    @Test("A wrong password is told, and never shown")
    func wrongPassword() async throws {
        let pki = try await TestPKI.pki
        try await StandInServer.with(pki.frontend) { address in
            let wrong = HTTPBasicCredentials(user: "admin", password: "tr0ub4dor")
            let checks = await (try probe(address)).login(wrong)
            #expect(statuses(checks) == ["gui.login failed", "gui.api unknown"])
            #expect(checks[0].message == "The server refuses the user admin and the password that is kept.")
            #expect(!checks.map(\.message).joined().contains("tr0ub4dor"))
        }
    }
}
