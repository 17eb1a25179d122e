// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AWSDeployerPlugin

@Suite("A deployment's life in AWS, against a real moto_server", .timeLimit(.minutes(5)))
struct LifeTests {
    @Test("create, update, upgrade, rollback, restart, destroy; every step twice changes nothing twice")
    func life() async throws {
        let bench = try await Bench()
        let cloud = bench.cloud
        var request = bench.request()
        #expect(try await bench.status(request).condition == .missing)

        #expect(try await bench.go(.create, &request) == ["secret", "stack", "wait"])
        #expect([cloud.count("CreateSecret"), cloud.count("CreateStack"), cloud.changes] == [1, 1, 2])
        let first = try #require(request.state)
        #expect(first["outputs"]?["ServerAddress"]?.stringValue?.isEmpty == false)
        #expect(first["outputs"]?["ServerURL"] == "https://vr.example.org:8000/")
        try await bench.attachVolume(request)
        var status = try await bench.status(request)
        #expect(status.condition == .running, "\(status.summary)")
        #expect(status.version == "0.77.2")
        #expect(status.drift == [])
        #expect(status.checks.allSatisfy { $0.status == .ok }, "\(status.checks)")

        try bench.writeConfig("2")
        #expect(try await bench.status(request).drift.contains { $0.contains("configuration is not the one") })
        #expect(try await bench.go(.update, &request) == ["secret", "change-set", "execute", "wait"])
        #expect(
            [cloud.count("PutSecretValue"), cloud.count("CreateChangeSet"), cloud.count("ExecuteChangeSet")] == [
                1, 1, 1,
            ]
        )
        #expect(request.state?["secret_version"] != first["secret_version"])
        #expect(try await bench.status(request).drift == [])

        var newer = bench.request(version: "0.77.3")
        newer.state = request.state
        #expect(try await bench.go(.upgrade, &newer) == ["change-set", "execute", "wait"])
        #expect(cloud.count("ExecuteChangeSet") == 2)
        status = try await bench.status(newer)
        #expect(status.version == "0.77.3")
        #expect(status.drift == [])
        #expect(newer.state?["former_program"]?["version"] == "0.77.2")

        request.state = newer.state
        #expect(try await bench.go(.rollback, &request) == ["change-set", "execute", "wait"])
        status = try await bench.status(request)
        #expect(status.version == "0.77.2")
        #expect(request.state?["former_program"]?["version"] == "0.77.3")

        #expect(try await bench.go(.restart, &request) == ["restart", "ready"])
        #expect(cloud.count("RebootInstances") == 1)
        try await bench.go(.restart, &request)
        #expect(cloud.count("RebootInstances") == 2, "another plan restarts once more")

        let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 4])
        #expect(logs.isCut)
        #expect(logs.lines.contains { $0.contains("stack: \(bench.stack) UPDATE_COMPLETE") }, "\(logs.lines)")
        #expect(logs.lines.contains { $0.hasPrefix("console: ") }, "\(logs.lines)")
    }

    @Test("a removal keeps what holds data, which is found again and goes only when it is told to")
    func removal() async throws {
        let bench = try await Bench()
        var request = bench.request(try await bench.inDefaultNetwork())
        try await bench.go(.create, &request, twice: false)
        let plan = try await bench.ask(RemovalPlan.self, "removal", request, ["delete_data": false])
        let kept: Set = ["AWS::SecretsManager::Secret", "AWS::Logs::LogGroup", "AWS::EC2::Volume"]
        #expect(Set(plan.keeps.map(\.kind)) == kept)
        #expect(plan.removes.contains { $0.kind == "AWS::CloudFormation::Stack" })
        #expect(
            try await bench.destroy(request, data: false, twice: true) == ["delete-stack", "wait-deleted", "verify"]
        )
        #expect(bench.cloud.count("DeleteStack") == 1)
        #expect(bench.cloud.count("DeleteSecret") == 0)

        request.state = nil
        let found = try await bench.recover(request)
        #expect(Set(found.resources.map(\.kind)) == kept)
        #expect(found.done == ["secret"])
        let status = try await bench.status(request)
        #expect(status.condition == .missing)
        #expect(Set(status.resources.map(\.kind)) == kept)

        // A new server beside what was kept: its log has another name, and the evidence is told of.
        let again = try await bench.plan(.create, request)
        #expect(again["warnings"]?.arrayValue?.contains { $0.stringValue?.contains("vol-") == true } == true)
        try await bench.go(.create, &request, twice: false)
        #expect(try await bench.status(request).drift.filter { !$0.contains("not attached") } == [])
        let both = try await bench.recover(request).resources
        #expect(both.count { $0.kind == "AWS::EC2::Volume" } == 2)
        #expect(both.count { $0.kind == "AWS::Logs::LogGroup" } == 2)

        try await bench.snapshot(found)
        let all = try await bench.ask(RemovalPlan.self, "removal", request, ["delete_data": true])
        #expect(all.keeps == [])
        #expect(all.warnings.contains { $0.contains("keeps the secret for 7 days") })
        #expect(
            try await bench.destroy(request, data: true, twice: true)
                == [
                    "delete-stack", "wait-deleted", "delete-volumes", "delete-snapshots", "delete-logs",
                    "delete-secret", "verify",
                ]
        )
        let cloud = bench.cloud
        #expect(["DeleteVolume", "DeleteSnapshot", "DeleteLogGroup", "DeleteSecret"].map(cloud.count) == [2, 1, 2, 1])
        #expect(try await bench.recover(request).state == nil)

        // The secret is still in its days of grace: a new deployment takes it back.
        try await bench.go(.create, &request, twice: false)
        #expect(cloud.count("RestoreSecret") == 1)
        try await bench.attachVolume(request)
        #expect(try await bench.status(request).condition == .running)
    }

    @Test("the plan says what is made, who reaches it and what it costs")
    func plan() async throws {
        let bench = try await Bench()
        let request = bench.request(["gui_ranges": ["0.0.0.0/0"]])
        let json = try await bench.plan(.create, request)
        let plan = try JSONValueDecoder().decode(DeploymentPlan.self, from: json)
        #expect(plan.changes.contains { $0.kind == "AWS::EC2::Volume" && $0.action == .create })
        #expect(plan.exposure.contains { $0.port == 8000 && $0.reach.contains("203.0.113.0/24") })
        #expect(plan.warnings.contains { $0.contains("8889") && $0.contains("whole internet") })
        #expect(plan.cost.class != .none)
        #expect(plan.layout?.runAsUser == "velociraptor")
        #expect(try await bench.plan(.create, request) == json)
        #expect(bench.cloud.changes == 0)
        for operation in [DeploymentOperation.update, .upgrade, .restart, .rollback] {
            let error = try await bench.failure { _ = try await bench.plan(operation, request) }
            #expect(error.code == .failedPrecondition, "\(operation)")
        }
    }

    @Test("changed options reach the stack: what was not planned to go stays")
    func options() async throws {
        let bench = try await Bench()
        let network = try await bench.inDefaultNetwork()
        var request = bench.request(network)
        try await bench.go(.create, &request, twice: false)
        var options = network
        options["gui_ranges"] = ["198.51.100.0/24"]
        options["backup_days"] = 0
        var wider = bench.request(options)
        wider.state = request.state
        #expect(
            try await bench.status(wider).drift.contains(
                "The security group does not let in port 8889 for 198.51.100.0/24."
            )
        )
        let plan = try await bench.plan(.update, wider)
        #expect(plan["changes"]?.arrayValue?.contains { $0["name"] == "Firewall" && $0["action"] == "change" } == true)
        #expect(plan["changes"]?.arrayValue?.contains { $0["name"] == "Backup" && $0["action"] == "delete" } == true)
        for step in Bench.steps(plan) { wider.state = try await bench.apply(step, of: plan, .update, wider).state }
        try await bench.attachVolume(wider)
        #expect(try await bench.status(wider).drift == [])
    }
}
