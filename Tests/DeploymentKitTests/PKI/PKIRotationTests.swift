// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import MegaraptorErrors
import Testing

@Suite("Rotation of a deployment's certificates")
struct PKIRotationTests {
    private func isSound(_ pki: DeploymentPKI) throws -> Bool {
        try pki.checks(at: pki.frontend.certificate.validity.notBefore + 600).allSatisfy { $0.status == .ok }
    }

    @Test("Reissuing keeps keys, authority and API clients, and makes new certificates")
    func reissue() async throws {
        let signed = try await TestPKI.signed
        let (old, new) = (
            signed.pki, try signed.pki.reissued(by: signed.authority, hostnames: [HostName("new.example")])
        )
        #expect(
            new.authority == old.authority && new.apiClients.map(\.certificate) == old.apiClients.map(\.certificate)
        )
        #expect(new.frontend.key == old.frontend.key && new.gateway.key == old.gateway.key)
        #expect(new.frontend.certificate.serialNumber != old.frontend.certificate.serialNumber)
        #expect(new.gateway.certificate.serialNumber != old.gateway.certificate.serialNumber)
        #expect(new.frontend.certificate.dnsNames == ["VelociraptorServer", "new.example"])
        #expect(try isSound(new))
    }

    @Test("Rekeying makes new keys and leaves the authority and API clients alone")
    func rekey() async throws {
        let signed = try await TestPKI.signed
        let (old, new) = (signed.pki, try await signed.pki.rekeyed(by: signed.authority, hostnames: []))
        #expect(
            new.authority == old.authority && new.apiClients.map(\.certificate) == old.apiClients.map(\.certificate)
        )
        #expect(Set([new.frontend.key, new.gateway.key, old.frontend.key, old.gateway.key]).count == 4)
        #expect(try isSound(new))
    }

    @Test("A new API certificate comes into the place of the one with its name")
    func apiClient() async throws {
        let signed = try await TestPKI.signed
        let more = try await signed.pki.addingAPIClient(UserName("analyst"), by: signed.authority)
        #expect(more.apiClients.compactMap(\.certificate.commonName) == ["mcp", "analyst"])
        let renewed = try await more.addingAPIClient(UserName("mcp"), by: signed.authority, validity: .hours(72))
        #expect(renewed.apiClients.compactMap(\.certificate.commonName) == ["analyst", "mcp"])
        #expect(renewed.apiClients[1].key != signed.pki.apiClients[0].key)
        #expect(try isSound(renewed))
    }

    @Test("A new authority has everything under it, the former one is kept, and a plan says what agents need")
    func authority() async throws {
        let old = try await TestPKI.pki
        let new = try await old.replacingAuthority(hostnames: [])
        #expect(new.pki.authority != old.authority && new.pki.formerAuthorities == [old.authority])
        #expect(new.pki.apiClients.compactMap(\.certificate.commonName) == ["mcp"])
        #expect(try isSound(new.pki))
        #expect(new.authority.certificate == new.pki.authority)
        let again = try await new.pki.replacingAuthority(hostnames: [])
        #expect(again.pki.formerAuthorities == [old.authority, new.pki.authority])
        try await ScratchFolder.with { scratch in
            try again.pki.save(in: scratch.file("pki"))
            #expect(try DeploymentPKI(folder: scratch.file("pki")).formerAuthorities == again.pki.formerAuthorities)
            try again.pki.forgettingFormerAuthorities().save(in: scratch.file("pki"))
            #expect(try DeploymentPKI(folder: scratch.file("pki")).formerAuthorities.isEmpty)
        }
        let plan = AuthorityRotationPlan(former: old.authority, new: new.pki.authority, apiClients: ["mcp"])
        #expect(plan.steps.count == 8)
        #expect(
            plan.steps[0].contains(old.authority.fingerprint) && plan.steps[1].contains(new.pki.authority.fingerprint)
        )
        #expect(plan.steps[5].contains("They are: mcp."))
    }

    @Test("Another deployment's authority signs nothing here")
    func stranger() async throws {
        let pki = try await TestPKI.pki
        let other = try await DeploymentPKI.make(hostnames: []).authority
        let error = #expect(throws: MegaraptorError.self) { try pki.reissued(by: other, hostnames: []) }
        #expect(error?.code == .failedPrecondition)
        await #expect(throws: MegaraptorError.self) { try await pki.rekeyed(by: other, hostnames: []) }
        await #expect(throws: MegaraptorError.self) { try await pki.addingAPIClient(UserName("a"), by: other) }
        #expect(throws: MegaraptorError.self) { try pki.authority(key: other.key) }
    }
}
