// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureDeployerPlugin

@Suite("A deployment's life in Azure", .timeLimit(.minutes(3)))
struct LifeTests {
    @Test("create, each step twice: everything is made once, tagged, and told as it is")
    func create() async throws {
        try await Bench.with { bench, request in
            #expect(try await bench.run(.create, request, twice: true) == ["group", "deployment", "wait"])
            #expect(bench.azure.timesMade(bench.machine) == 1)
            #expect(bench.sent("PUT", "/deployments/\(bench.name)").count == 1)
            #expect(bench.sent("PUT", "/\(bench.name)").count == 2, "the group, and the deployment")

            let found = try await bench.ask(RecoveredState.self, "recover", request)
            #expect(found.done == ["group", "deployment", "wait"])
            let outcome = try #require(found.state)
            #expect(outcome["outputs"]?["serverUrl"] == "https://vr.example.org:8000/")
            #expect(outcome["outputs"]?["serverAddress"]?.stringValue?.hasPrefix("203.0.113.") == true)
            #expect(outcome["program"]?["version"] == "0.77.1")
            #expect(outcome["region"] == "westeurope")

            for id in bench.azure.resourceIDs {
                guard let tags = bench.azure.resource(id)?["tags"] else { continue }
                #expect(tags["org.megaraptor.deployment"]?.stringValue == bench.id, "\(id)")
            }
            let status = try await bench.status(request)
            #expect(status.condition == .running, "\(status)")
            #expect(status.drift == [])
            #expect(status.version == "0.77.1")
            #expect(status.checks.filter { $0.status != .ok }.map(\.name) == ["server"], "\(status.checks)")
            #expect(status.startedAt == nil, "Azure does not say it")
            #expect(status.resources.contains { $0.id == bench.disk && $0.holdsData == true })
        }
    }

    @Test("the plan of a creation names what will be made, who reaches it, and what it costs")
    func plan() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.ask(DeploymentPlan.self, "plan", request, ["operation": "create"])
            let kinds = Set(plan.changes.map(\.kind))
            for kind in [
                "Microsoft.Resources/resourceGroups", "Microsoft.Compute/virtualMachines", "Microsoft.Compute/disks",
                "Microsoft.KeyVault/vaults", "Microsoft.Network/networkSecurityGroups",
                "Microsoft.RecoveryServices/vaults",
            ] {
                #expect(kinds.contains(kind), "\(kind)")
            }
            #expect(plan.changes.allSatisfy { $0.action == .create && !$0.name.contains("[") })
            #expect(plan.exposure.contains { $0.purpose == "agents" && $0.reach.contains("everybody") })
            #expect(plan.exposure.contains { $0.purpose == "GUI" && $0.reach == "198.51.100.0/24" })
            #expect(plan.layout?.datastore == "/opt/velociraptor")
            #expect(bench.azure.changes == 0, "a plan changes nothing")
            #expect(bench.azure.groups == [])
        }
    }

    @Test("an update brings the configuration as it is now, and only what changes is foreseen")
    func update() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let key = bench.azure.resource(bench.machine)?["properties"]?["osProfile"]
            try bench.writeConfig("two")
            let plan = try await bench.ask(DeploymentPlan.self, "plan", request, ["operation": "update"])
            #expect(plan.changes.contains { $0.name.hasSuffix("/boot") })
            #expect(!plan.changes.contains { $0.action == .create })
            #expect(try await bench.run(.update, request, twice: true) == ["deployment", "wait"])
            let values = bench.azure.secretValues(bench.secret)
            #expect(values.count == 2)
            #expect(values.last?.contains("note: two") == true)
            #expect(bench.azure.resource(bench.machine)?["properties"]?["osProfile"] == key, "the key stays")
            #expect(try await bench.status(request).drift == [])
        }
    }

    @Test("an upgrade runs another program, and a rollback the former one, also when the state is lost")
    func upgradeAndRollback() async throws {
        try await Bench.with { bench, request in
            let early = await failure { _ = try await bench.plan(.upgrade, request) }
            #expect(early?.code == .failedPrecondition)
            try await bench.run(.create, request)
            let nothing = await failure { _ = try await bench.plan(.rollback, request) }
            #expect(nothing?.code == .failedPrecondition)

            let newer = request.with(binary: "0.77.2")
            try await bench.run(.upgrade, newer, twice: true)
            #expect(try await bench.status(newer).version == "0.77.2")
            #expect(try await bench.status(newer).drift == [])
            #expect(bench.azure.timesMade(bench.machine) == 2)
            try bench.writeConfig("three")
            try await bench.run(.update, newer, twice: true)
            #expect(try await bench.status(newer).version == "0.77.2")
            #expect(newer.state == nil, "nothing but Azure knows the former program")
            try await bench.run(.rollback, newer, twice: true)
            #expect(try await bench.status(newer).version == "0.77.1")
            try await bench.run(.rollback, newer)
            #expect(try await bench.status(newer).version == "0.77.2")
        }
    }

    @Test("a machine that was lost is made anew by an update, and may read the configuration, too")
    func remade() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            bench.azure.remove(bench.machine)
            #expect(try await bench.status(request).condition == .missing)
            try await bench.run(.update, request)
            #expect(try await bench.status(request).condition == .running)
            let identity = bench.azure.resource(bench.machine)?["identity"]?["principalId"]
            let rights = bench.azure.resourceIDs.filter { $0.contains("/roleAssignments/") }
                .compactMap { bench.azure.resource($0)?["properties"]?["principalId"] }
            #expect(rights.contains { $0 == identity })
        }
    }

    @Test("what Azure's own services put onto the machine is a part of it, and nobody else's")
    func parts() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let names = ["LinuxPatchExtension", "VMSnapshotLinux"]
            for name in names { #expect(bench.azure.resource("\(bench.machine)/extensions/\(name)") != nil) }
            #expect(try await bench.status(request).drift == [])
            for data in [false, true] {
                let plan = try await bench.removal(request, data: data)
                #expect(!plan.warnings.contains { $0.contains("Linux") }, "\(plan.warnings)")
            }
        }
    }

    @Test(
        "the plugin as the host has it ends a life within a minute, also where something stands before Azure",
        .timeLimit(.minutes(1))
    )
    func inEarnest() async throws {
        try await Bench.with(plugin: AzureDeployerPlugin.self) { bench, request in
            // Another name of the same address, which every link has to lead back to.
            let gate = JSONValue.string(bench.azure.url.replacing("127.0.0.1", with: "localhost"))
            let request = request.with(["management_endpoint": gate, "authority_host": gate])
            try await bench.run(.create, request)
            try await bench.run(.restart, request)
            try await bench.destroy(request, data: true)
            #expect(bench.azure.groups == [])
        }
    }

    @Test("a restart restarts once, however often its steps come; a stopped machine is started")
    func restart() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            #expect(try await bench.run(.restart, request, twice: true) == ["restart", "running"])
            #expect(bench.azure.restarts(bench.machine) == 1)
            bench.azure.setPower(bench.machine, "PowerState/deallocated")
            let status = try await bench.status(request)
            #expect(status.condition == .stopped)
            #expect(status.drift.contains { $0.contains("deallocated") })
            try await bench.run(.restart, request, twice: true)
            #expect(bench.azure.restarts(bench.machine) == 2)
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("logs tell what Azure did and what the console shows, never a key, never the address of the log")
    func logs() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            bench.azure.setConsole(
                "boot\n-----BEGIN RSA PRIVATE KEY-----\nABCDEF\n-----END RSA PRIVATE KEY-----\nready\n"
            )
            let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 100])
            #expect(logs.lines.contains { $0.contains("[deployment] Microsoft.Compute/virtualMachines") })
            #expect(logs.lines.suffix(2) == ["[console] (a private key is not shown)", "[console] ready"])
            #expect(!logs.lines.joined().contains("sig="))
            #expect(!logs.isCut)
            let two = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 2])
            #expect(two.lines.count == 2)
            #expect(two.isCut)
        }
    }

    @Test("without data a removal keeps disk, vaults, backups and logs, and a new creation takes them up")
    func keepsData() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let plan = try await bench.removal(request, data: false)
            #expect(plan.keeps.contains { $0.id == bench.disk })
            #expect(plan.removes.contains { $0.id == bench.machine })
            try await bench.destroy(request, data: false, twice: true)
            let kinds = Set(bench.left.map { $0.split(separator: "/").prefix(2).joined(separator: "/") })
            #expect(
                kinds == [
                    "Microsoft.Compute/disks", "Microsoft.KeyVault/vaults", "Microsoft.RecoveryServices/vaults",
                    "Microsoft.OperationalInsights/workspaces",
                ],
                "\(bench.left)"
            )
            #expect(bench.left.filter { $0.contains("/disks/") } == ["Microsoft.Compute/disks/\(bench.name)-data"])
            #expect(try await bench.status(request).condition == .missing)
            let found = try await bench.ask(RecoveredState.self, "recover", request)
            #expect(found.resources.contains { $0.id == bench.disk })
            #expect(!found.done.contains("wait"))

            try await bench.run(.create, request, twice: true)
            let status = try await bench.status(request)
            #expect(status.condition == .running)
            #expect(status.drift == [])
            #expect(bench.azure.secretValues(bench.secret).count == 2)
        }
    }

    @Test("with data everything goes, verified, and what Azure keeps anyway is said")
    func removesData() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let plan = try await bench.removal(request, data: true)
            #expect(plan.keeps == [])
            #expect(plan.warnings.contains { $0.contains("purge protection") })
            #expect(plan.steps.map(\.id) == ["backups", "remove-group", "verify"])
            try await bench.destroy(request, data: true, twice: true)
            #expect(bench.azure.resourceIDs == [])
            #expect(bench.azure.groups == [])
            #expect(try await bench.status(request).condition == .missing)
            #expect(try await bench.destroy(request, data: true) == ["verify"])
        }
    }

    @Test("a vault that keeps deleted backups stays with its group, which the plan says beforehand")
    func keepsDeletedBackups() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            bench.fault { $0.keepsDeletedBackups = true }
            let plan = try await bench.removal(request, data: true)
            #expect(plan.warnings.contains { $0.contains("14 days") })
            #expect(plan.keeps.map(\.kind).contains("Microsoft.RecoveryServices/vaults"))
            try await bench.destroy(request, data: true, twice: true)
            #expect(bench.azure.groups == [bench.name])
            #expect(bench.left.allSatisfy { $0.hasPrefix("Microsoft.RecoveryServices/") }, "\(bench.left)")
        }
    }
}
