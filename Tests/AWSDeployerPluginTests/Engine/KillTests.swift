// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AWSDeployerPlugin

/// The host ends between a request and what it leads to: nothing may be made twice, and nothing forgotten.
@Suite("Stopped at each changing request", .timeLimit(.minutes(5)))
struct KillTests {
    /// Does steps as the core does after a kill: recovers, and begins the step without an end again.
    private func goOn(
        _ bench: Bench,
        _ request: inout DeploymentRequest,
        _ steps: [String],
        _ apply: (String, DeploymentRequest) async throws -> StepOutcome
    ) async throws {
        for step in steps {
            while true {
                do {
                    request.state = try await apply(step, request).state
                    break
                } catch {
                    try #require(bench.cloud.revive(), "\(step): \(error)")
                    // The core takes over what is found, and keeps what it knew where nothing is.
                    request.state = try await bench.recover(request).state ?? request.state
                }
            }
            bench.cloud.stepIsDone()
        }
    }

    private func goOn(
        _ bench: Bench,
        _ request: inout DeploymentRequest,
        _ operation: DeploymentOperation
    ) async throws {
        let plan = try await bench.plan(operation, request)
        try await goOn(bench, &request, Bench.steps(plan)) { step, request in
            try await bench.apply(step, of: plan, operation, request)
        }
    }

    /// How often moto heard of an action: each was cut twice, and only once before moto heard of it.
    private func heard(_ bench: Bench, _ actions: String...) -> [Int] {
        actions.map { action -> Int in bench.cloud.count(action) - 1 }
    }

    @Test("before and after each, from the creation to the removal with all data, with the state lost in between")
    func everywhere() async throws {
        let bench = try await Bench()
        let network = try await bench.inDefaultNetwork()
        var request = bench.request(network)
        bench.cloud.cutEach()

        try await goOn(bench, &request, .create)
        #expect(heard(bench, "CreateSecret", "CreateStack") == [1, 1])
        request.state = nil
        let found = try await bench.recover(request)
        #expect(found.done == ["secret", "stack", "wait"])
        #expect(found.resources.count { $0.kind == "AWS::EC2::Volume" } == 1)
        #expect(found.resources.count { $0.kind == "AWS::SecretsManager::Secret" } == 1)
        request.state = found.state

        try bench.writeConfig("2")
        try await goOn(bench, &request, .update)
        #expect(heard(bench, "PutSecretValue", "CreateChangeSet", "ExecuteChangeSet") == [1, 1, 1])
        #expect(try await bench.status(request).drift.contains { $0.contains("configuration") } == false)

        var newer = bench.request(network, version: "0.77.3")
        newer.state = request.state
        try await goOn(bench, &newer, .upgrade)
        #expect(try await bench.status(newer).version == "0.77.3")
        #expect(newer.state?["former_program"]?["version"] == "0.77.2")

        let plan = try await bench.ask("removal", newer, ["delete_data": true])
        try await goOn(bench, &newer, Bench.steps(plan)) { step, request in
            try await bench.ask(
                StepOutcome.self,
                "destroy",
                request,
                ["plan": plan, "digest": plan["digest"] ?? .null, "step": .string(step)]
            )
        }
        #expect(heard(bench, "DeleteStack", "DeleteVolume", "DeleteLogGroup", "DeleteSecret") == [1, 1, 1, 1])
        newer.state = nil
        #expect(try await bench.recover(newer).resources == [])
    }
}
