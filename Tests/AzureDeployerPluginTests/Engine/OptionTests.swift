// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureDeployerPlugin

/// Every option has its effect, and what it leads to is deployed, looked at, and taken away again.
@Suite("Options of the azure deployer, deployed", .timeLimit(.minutes(3)))
struct OptionTests {
    private static let others = "/subscriptions/\(AzureTestbed.subscription)/resourceGroups/others/providers"
    private static let subnet = "\(others)/Microsoft.Network/virtualNetworks/hub/subnets/servers"
    private static let zone = "\(others)/Microsoft.Network/dnsZones/example.org"
    private static let vault = "\(others)/Microsoft.KeyVault/vaults/theirs"
    private static let certificate = "\(vault)/secrets/tls"

    static let table: [(name: String, options: JSONObject)] = [
        ("nothing open", ["agent_ranges": [], "gui_ranges": []]),
        ("all ports", ["api_ranges": ["10.0.0.0/8"], "ssh_ranges": ["203.0.113.7/32", "2001:db8::/48"]]),
        ("no public address", ["public_address": false]), ("bastion", ["bastion": true]),
        ("given subnet", ["subnet_id": .string(subnet)]),
        ("given subnet, no address", ["subnet_id": .string(subnet), "public_address": false]),
        ("DNS record", ["dns_zone": .string(zone)]), ("certificate", ["certificate": .string(certificate)]),
        ("no backups", ["backup_days": 0]), ("long backups", ["backup_days": 365]), ("large disk", ["disk_gb": 512]),
        ("other size", ["instance_type": "Standard_D8s_v5"]), ("arm", ["program_architecture": "arm64"]),
        ("key", ["ssh_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBqcF0M/k8WnYQb7Qd1l6tHv admin"]),
        ("other group", ["resource_group": "velociraptor-production"]),
        ("encryption at host", ["encryption_at_host": true]),
    ]

    @Test("each option alone", arguments: 0..<table.count)
    func deployed(index: Int) async throws {
        let (name, options) = Self.table[index]
        try await Bench.with(options) { bench, request in
            bench.azure.addGroup("others")
            bench.azure.addResource(
                "\(Self.others)/Microsoft.Network/virtualNetworks/hub",
                properties: ["subnets": [["name": "servers", "properties": [:]]]]
            )
            for id in [Self.subnet, Self.zone, Self.certificate] { bench.azure.addResource(id) }
            bench.azure.addResource(Self.vault, properties: ["enableRbacAuthorization": true])
            let before = bench.azure.resourceIDs
            let answer = try await bench.ask("validate", request)
            let problems = try JSONValueDecoder().decode([DeploymentProblem].self, from: answer["problems"] ?? [])
            #expect(problems.filter { $0.severity == .error } == [], "\(name)")
            try await bench.run(.create, request)
            let status = try await bench.status(request)
            #expect(status.condition == .running, "\(name)")
            #expect(status.drift == [], "\(name)")
            let plan = try await bench.ask(DeploymentPlan.self, "plan", request, ["operation": "update"])
            #expect(!plan.changes.contains { $0.action == .create || $0.action == .delete }, "\(name)")
            try await bench.destroy(request, data: true)
            #expect(bench.azure.resourceIDs == before, "\(name)")
        }
    }

    @Test("a record leads to the server while it is there, and goes with it; another's stays")
    func record() async throws {
        try await Bench.with(["dns_zone": .string(Self.zone)]) { bench, request in
            bench.azure.addGroup("others")
            bench.azure.addResource(Self.zone)
            try await bench.run(.create, request)
            let found = try #require(bench.azure.resources(ending: "dnszones/example.org/a/vr").first)
            let address = found["properties"]?["ARecords"]?.arrayValue?.first?["ipv4Address"]?.stringValue
            #expect(address?.hasPrefix("203.0.113.") == true)
            let plan = try await bench.removal(request, data: false)
            #expect(plan.steps.contains { $0.id == "record" })
            bench.azure.change("\(Self.zone)/A/vr") { $0["properties"] = ["ARecords": [["ipv4Address": "192.0.2.1"]]] }
            let other = try await bench.removal(request, data: false)
            #expect(!other.steps.contains { $0.id == "record" })
            #expect(other.warnings.contains { $0.contains("192.0.2.1") })
        }
    }

    @Test("a right to somebody's certificate goes with or without data, and what stays in their group is said")
    func certificateRight() async throws {
        try await Bench.with(["certificate": .string(Self.certificate)]) { bench, request in
            bench.azure.addGroup("others")
            for id in [Self.vault, Self.certificate] { bench.azure.addResource(id) }
            for data in [false, true] {
                try await bench.run(.create, request)
                #expect(bench.azure.resourceIDs.contains { $0.contains("secrets/tls/providers/") })
                let plan = try await bench.removal(request, data: data)
                #expect(plan.warnings.contains { $0.contains("others/") && $0.contains("-certificate") })
                #expect(plan.warnings.contains { $0.contains("AzureBackupRG_westeurope") })
                try await bench.destroy(request, data: data)
                #expect(!bench.azure.resourceIDs.contains { $0.contains("/roleAssignments/") })
            }
        }
    }

    @Test("a certificate's vault that the machine could not read is a problem beforehand")
    func certificateVault() async throws {
        try await Bench.with(["certificate": .string(Self.certificate)]) { bench, request in
            bench.azure.addGroup("others")
            bench.azure.addResource(Self.certificate)
            bench.azure.addResource(Self.vault, properties: ["networkAcls": ["defaultAction": "Deny"]])
            let problems = try await bench.problems(request)
            #expect(problems.count == 2 && problems.allSatisfy { $0.hasPrefix("certificate: ") }, "\(problems)")
            let subnet: JSONValue = ["id": .string(Self.subnet.uppercased())]
            bench.azure.addResource(
                Self.vault,
                properties: [
                    "enableRbacAuthorization": true,
                    "networkAcls": ["defaultAction": "Deny", "virtualNetworkRules": [subnet]],
                ]
            )
            #expect(try await bench.problems(request).count == 1)
            bench.azure.addResource(Self.subnet)
            #expect(try await bench.problems(request.with(["subnet_id": .string(Self.subnet)])) == [])
        }
    }

    @Test("another key than the machine has breaks no update, and that it has no effect is said")
    func otherKey() async throws {
        let keys = ["AAAAC3NzaC1lZDI1NTE5AAAAIBqcF0M", "AAAAC3NzaC1lZDI1NTE5AAAAIOtherKey"]
        func option(_ key: String) -> JSONObject { ["ssh_key": .string("ssh-ed25519 \(key) admin")] }
        try await Bench.with(option(keys[0])) { bench, request in
            try await bench.run(.create, request)
            #expect(!(try await bench.deploymentPlan(.update, request)).warnings.contains { $0.contains("ssh_key") })
            let other = request.with(option(keys[1]))
            #expect(try await bench.deploymentPlan(.update, other).warnings.contains { $0.contains("ssh_key has no") })
            #expect(try await bench.problems(other, .warning).contains { $0.contains("ssh_key has no") })
            try await bench.run(.update, other)
            let machine = bench.azure.resource(bench.machine)?.json() ?? ""
            #expect(machine.contains(keys[0]) && !machine.contains(keys[1]))
        }
    }

    @Test("parts that options no longer ask for stay, and the plan says so")
    func turnedOff() async throws {
        try await Bench.with(["bastion": true]) { bench, request in
            try await bench.run(.create, request)
            #expect(!(try await bench.deploymentPlan(.update, request)).warnings.contains { $0.contains(" stays") })
            let less = request.with(["bastion": false, "backup_days": 0])
            let warnings = try await bench.deploymentPlan(.update, less).warnings
            #expect(warnings.contains { $0.contains("bastionHosts") && $0.contains("stays") }, "\(warnings)")
            #expect(warnings.contains { $0.contains("RecoveryServices") && $0.contains("its backups") })
            #expect(warnings.filter { $0.contains("az resource delete") }.count == 2, "\(warnings)")
            #expect(warnings.contains { $0.contains("Former versions") })
        }
    }

    @Test("ranges within others are left out, which Azure would refuse")
    func overlapping() async throws {
        try await Bench.with(["agent_ranges": ["10.1.0.0/16", "10.0.0.0/8", "10.2.3.0/24"]]) { bench, request in
            try await bench.run(.create, request)
            let rules = bench.azure.resource(bench.firewall)?["properties"]?["securityRules"]
            #expect(rules?.arrayValue?.first?["properties"]?["sourceAddressPrefixes"] == ["10.0.0.0/8"])
        }
    }

    @Test("the rights of a machine that goes do not stand in the way of the next one's")
    func certificateTwice() async throws {
        try await Bench.with(["certificate": .string(Self.certificate)]) { bench, request in
            bench.azure.addGroup("others")
            bench.azure.addResource(Self.certificate)
            try await bench.run(.create, request)
            try await bench.destroy(request, data: false)
            try await bench.run(.create, request)
            #expect(try await bench.status(request).condition == .running)
        }
    }
}
