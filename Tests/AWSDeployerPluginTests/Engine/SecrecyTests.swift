// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

@testable import AWSDeployerPlugin

@Suite("Secrets stay where they belong", .timeLimit(.minutes(5)))
struct SecrecyTests {
    private static let credentials = ["secret-never-shown", "token-never-shown", "AKIDNEVERSHOWN"]

    @Test("the configuration goes to Secrets Manager alone; neither it nor a credential is in any answer, error or log")
    func scan() async throws {
        let bench = try await Bench()
        let network = try await bench.inDefaultNetwork()
        var request = bench.request(network)
        var said: [String] = []
        for operation in [DeploymentOperation.create, .update, .restart] {
            if operation == .update { try bench.writeConfig("2") }
            let plan = try await bench.plan(operation, request)
            said.append(plan.json())
            for step in Bench.steps(plan) {
                let outcome = try await bench.apply(step, of: plan, operation, request)
                request.state = outcome.state
                said.append(try JSONValueEncoder().encode(outcome).json())
            }
        }
        for operation in ["usable", "validate", "status", "logs", "recover", "removal"] {
            said.append(try await bench.ask(operation, request).json())
        }
        // What AWS says of a signature that it dislikes repeats what it read.
        bench.cloud.answer("DescribeStacks") { request in
            .fault(403, "SignatureDoesNotMatch", "Bad: \(request.headers.values.joined(separator: " "))")
        }
        let error = try await bench.failure { _ = try await bench.plan(.update, request) }
        said.append("\(error) \(error.json.json())")
        said += bench.plugin.host.log.map { "\($0)" }
        for text in said {
            #expect(!text.contains(Bench.secret))
            for credential in Self.credentials { #expect(!text.contains(credential), "\(text.prefix(200))") }
        }
        let holders = bench.cloud.requests.filter { $0.text.contains(Bench.secret) }
        #expect(holders.map(\.action) == ["CreateSecret", "PutSecretValue"])
        for request in bench.cloud.requests { #expect(!request.text.contains("never-shown")) }
        let reads = bench.cloud.count("GetSecretValue")
        #expect(reads == 0, "nobody but the machine reads it")
    }
}
