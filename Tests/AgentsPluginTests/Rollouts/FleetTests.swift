// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorPluginTesting
import SSHTestbed
import Testing

@Suite("A fleet of ten machines by SSH", .timeLimit(.minutes(5)))
struct FleetTests {
    @Test("three that are broken, each in its own way, stop no other; going on does only those three")
    func resumed() async throws {
        try await RolloutBench.with(Array(repeating: .root, count: 10)) { bench, machines in
            let (unknown, foreign, other) = (machines[1], machines[4], machines[8])
            let broken = [unknown, foreign, other]
            let whole = machines.filter { machine in !broken.contains { $0 === machine } }
            for machine in machines { bench.server.sees(machine.hostname, "C.\(machine.server.port)") }
            let arguments = try bench.arguments(machines, ["verify_seconds": 5])
            let hosts = bench.folder.appending(path: "known_hosts")
            let known = try Data(contentsOf: hosts)
            let others = machines.filter { $0 !== unknown }
            let lines = try others.map { try String(contentsOfFile: $0.server.knownHosts, encoding: .utf8) }
            try Data(lines.joined().utf8).write(to: hosts)
            let config = "/etc/velociraptor/client.config.yaml"
            try foreign.write(config, "Client:\n  nonce: c29tZWJvZHkgZWxzZQ==\n")
            try other.fake.write("bin/uname", "[ \"$1\" = -m ] && echo mips64 || exec /usr/bin/uname \"$@\"\n")

            let first = try await bench.call("deploy_agents_ssh", arguments)
            #expect(first["counts"] == ["installed": 7, "failed": 3], "\(first.json())")
            #expect(first["enrolled"] == 7)
            #expect(first.host(unknown)["reason"]?.stringValue?.contains("SHA256:") == true)
            #expect(first.host(foreign)["code"] == "conflict")
            #expect(first.host(other)["reason"]?.stringValue?.contains("mips64") == true)
            for machine in broken { #expect(!machine.exists("/usr/local/bin/velociraptor_client")) }
            let services = whole.map(\.service)

            try known.write(to: hosts)
            try FileManager.default.removeItem(atPath: foreign.root.path + config)
            try FileManager.default.removeItem(at: other.fake.folder.appending(path: "bin/uname"))
            let before = bench.host.progress.count
            let id = try #require(first["rollout_id"])
            let second = try await bench.call(
                "deploy_agents_ssh",
                ["deployment_id": .string(AgentsBench.deployment), "rollout_id": id, "retry_failed": true]
            )
            #expect(second["counts"] == ["installed": 10], "\(second.json())")
            #expect(second["enrolled"] == 10)
            let told = bench.host.progress.dropFirst(before).map(\.message)
            for machine in whole { #expect(!told.contains { $0.hasPrefix(machine.target) }, "\(told)") }
            #expect(whole.map(\.service) == services, "nothing was started again")
            for machine in machines { #expect(machine.isRunning) }
        }
    }
}
