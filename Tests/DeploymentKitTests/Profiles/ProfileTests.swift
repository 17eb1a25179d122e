// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Deployment profiles")
struct ProfileTests {
    @Test("The original's three have its figures")
    func figures() throws {
        let rapid = try DeploymentProfile.named("rapid")
        #expect(rapid.autoDestroyHours == 72 && rapid.credentialExpiryHours == 72 && rapid.maxClients == 500)
        #expect(rapid.memoryMB == 4096 && rapid.cpus == 2 && rapid.logRetentionDays == 7)
        #expect(rapid.allowedTargets == ["docker"] && rapid.defaultTarget == "docker")
        let standard = try DeploymentProfile.named("standard")
        #expect(standard.autoDestroyHours == nil && standard.credentialExpiryHours == nil)
        #expect(standard.maxClients == 2000 && standard.memoryMB == 8192 && standard.cpus == 4)
        #expect(standard.logRetentionDays == 30 && standard.allowedTargets == ["docker", "binary", "aws", "azure"])
        let enterprise = try DeploymentProfile.named("enterprise")
        #expect(enterprise.maxClients == nil && enterprise.memoryMB == 16_384 && enterprise.cpus == 8)
        #expect(enterprise.logRetentionDays == 90 && enterprise.allowedTargets == ["binary", "aws", "azure"])
        #expect(enterprise.defaultTarget == "binary")
        #expect([rapid, standard, enterprise].allSatisfy { $0.hasMonitoring && $0.pinsServerName })
    }

    @Test("The smallest one asks for half a gibibyte and offers no metrics")
    func minimal() throws {
        let minimal = try DeploymentProfile.named("minimal")
        #expect(minimal.memoryMB == 512 && minimal.cpus == 1 && !minimal.hasMonitoring)
    }

    @Test("An unknown name is told with all there are and the one that was meant")
    func unknown() {
        let error = #expect(throws: MegaraptorError.self) { try DeploymentProfile.named("standart") }
        #expect(error?.code == .invalidArgument)
        #expect(
            error?.message == "Unknown profile 'standart'. Available: rapid, standard, enterprise, minimal."
        )
        #expect(error?.hint == "Did you mean 'standard'?")
        let far = #expect(throws: MegaraptorError.self) { try DeploymentProfile.named("x") }
        #expect(far?.hint == "")
    }

    @Test("Each profile can use the deployer that it takes by itself", arguments: DeploymentProfile.all)
    func defaults(profile: DeploymentProfile) throws {
        try profile.check(target: profile.defaultTarget)
    }

    private static let targets: [(String, [String])] = [
        ("docker", ["rapid", "standard", "minimal"]), ("binary", ["standard", "enterprise", "minimal"]),
        ("aws", ["standard", "enterprise"]), ("azure", ["standard", "enterprise"]),
        ("somebody-elses", ["standard", "minimal"]),
    ]

    @Test("Deployers are allowed by the table, those of others where nothing depends on them", arguments: targets)
    func allowed(target: String, profiles: [String]) {
        #expect(DeploymentProfile.all.filter { $0.allows(target: target) }.map(\.name) == profiles)
    }

    @Test("A deployer that is not allowed is refused with the profiles that allow it")
    func refused() {
        let error = #expect(throws: MegaraptorError.self) { try DeploymentProfile.rapid.check(target: "aws") }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message == "The profile rapid does not allow the deployer 'aws'. It allows: docker.")
        #expect(error?.hint == "Profiles that allow 'aws': standard, enterprise.")
    }

    @Test("More agents than a profile is made for are told, and who could take them")
    func clients() {
        #expect(DeploymentProfile.rapid.warning(forClients: 500) == nil)
        #expect(
            DeploymentProfile.rapid.warning(forClients: 501)
                == "The profile rapid is made for up to 500 agents, and 501 are expected. For that many: standard, enterprise."
        )
        #expect(DeploymentProfile.enterprise.warning(forClients: 1_000_000) == nil)
        #expect(DeploymentProfile.enterprise.expectedClients == 30_000)
    }

    @Test("Hours and days become moments")
    func moments() {
        #expect(DeploymentProfile.rapid.expiry(createdAt: 1000) == 260_200)
        #expect(DeploymentProfile.standard.expiry(createdAt: 1000) == nil)
        #expect(DeploymentProfile.rapid.credentialExpiry(madeAt: 0) == 72 * 3600)
        #expect(DeploymentProfile.standard.credentialExpiry(madeAt: 0) == 365 * 86_400)
        #expect(DeploymentProfile.rapid.logRetentionSeconds == 604_800)
        let validity = DeploymentProfile.rapid.apiClientValidity
        #expect(validity.notAfter - validity.notBefore == 72 * 3600 + 300)
        let server = DeploymentProfile.rapid.serverValidity
        #expect(server.notAfter - server.notBefore == 7 * 86_400 + 300)
    }

    @Test("Limits and log files reach the deployer")
    func limits() {
        let limits = DeploymentProfile.standard.limits
        #expect(limits.memoryMB == 8192 && limits.cpus == 4 && limits.logRetentionDays == 30)
        #expect(limits.maxClients == 2000)
        #expect(DeploymentProfile.standard.containerLog == (10, 5))
        #expect(DeploymentProfile.rapid.containerLog == (10, 2))
    }

    @Test("All figures are there for a program to read")
    func json() {
        let json = DeploymentProfile.enterprise.json
        #expect(json["max_clients"] == .null && json["memory_mb"] == 16_384 && json["cpus"] == 8)
        #expect(json["allowed_targets"] == ["binary", "aws", "azure"])
        #expect(json.objectValue?.count == 14)
    }
}
