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
    private static let certificate = "\(others)/Microsoft.KeyVault/vaults/theirs/secrets/tls"

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
            let left = bench.azure.resourceIDs.filter { !before.contains($0) }
            // The right to read somebody's certificate lies in their vault.
            #expect(left.filter { !$0.contains("/roleAssignments/") } == [], "\(name)")
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
