// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AWSDeployerPlugin

@Suite("What stands against a deployment in AWS", .timeLimit(.minutes(5)))
struct ValidationTests {
    private func fields(_ bench: Bench, _ request: DeploymentRequest) async throws -> [String] {
        let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
        return problems.filter { $0["severity"] == "error" }
            .map { $0["field"]?.stringValue ?? $0["message"]?.stringValue ?? "" }.sorted()
    }

    @Test("good inputs have no problem, and looking changes nothing")
    func good() async throws {
        let bench = try await Bench()
        #expect(try await fields(bench, bench.request()) == [])
        let usable = try await bench.ask(Usability.self, "usable", bench.request())
        #expect(usable.facts["account"] == "123456789012")
        #expect(usable.facts["credentials"] == "the environment")
        #expect(bench.cloud.changes == 0)
    }

    @Test("names that lead nowhere, and machines of another kind than the program")
    func bad() async throws {
        let bench = try await Bench()
        var local = bench.request()
        local.deployment.hostname = "localhost"
        #expect(try await fields(bench, local) == ["server_hostname"])
        #expect(try await fields(bench, bench.request(["ssh_key": "none"])) == ["ssh_key"])
        let lost: JSONObject = ["network_id": "vpc-00000000", "subnet_id": "subnet-00000000"]
        #expect(try await fields(bench, bench.request(lost)).contains("network_id"))
        #expect(try await fields(bench, bench.request(["instance_type": "m7i.none"])) == ["instance_type"])
        #expect(try await fields(bench, bench.request(["instance_type": "m7g.xlarge"])).count == 1)
        let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:none-AbCdEf"
        #expect(try await fields(bench, bench.request(["certificate": .string(secret)])) == ["certificate"])
        #expect(try await fields(bench, bench.request(["region": "xx-nowhere-1"])).count == 1)
        #expect(try await fields(bench, bench.request(["agent_ranges": ["everywhere"]])).count == 1)
    }
}
