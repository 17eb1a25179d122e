// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import SSHTestbed
import Testing

@Suite("Rollouts over time", .timeLimit(.minutes(5)))
struct StateTests {
    @Test("no more machines are worked on at a time than was said, and nobody else begins meanwhile")
    func width() async throws {
        try await RolloutBench.with([.root, .root, .root, .root]) { bench, machines in
            let gates = try machines.map { try $0.gate("hostname", then: "echo \($0.hostname)") }
            let arguments = try bench.arguments(machines, ["concurrency": 2])
            async let call = bench.call("deploy_agents_ssh", arguments)
            // Machines take their turn in the order of the targets.
            for gate in gates.prefix(2) { try await gate.waitForArrival() }
            let running = try #require(try await bench.rollouts().first)
            #expect(running["state"] == "running")
            #expect(running["counts"] == ["waiting": 2, "begun": 2])
            #expect(machines.map { $0.server.sessions.isEmpty } == [false, false, true, true])

            let other = try await bench.another()
            #expect(try await bench.rollouts(other).first?["state"] == "running", "another process sees it, too")
            let error = await bench.refusal { try await other.call("deploy_agents_ssh", .object(arguments)).json }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains(running["rollout_id"]?.stringValue ?? "?") == true)
            for gate in gates { try gate.open() }
            let answer = try await call
            #expect(answer["counts"] == ["installed": 4], "\(answer.json())")
            #expect(bench.host.progress.map(\.done) == bench.host.progress.map(\.done).sorted())
            #expect(Set(bench.host.progress.map(\.done)).count == bench.host.progress.count, "it grows")
        }
    }

    @Test("cancelled, the step that runs is finished, nothing new begins, and the rollout goes on by its id")
    func cancelled() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            // Within the writing of the configuration.
            let gate = try machines[0].gate("sync", then: "exit 0")
            let arguments = JSONValue.object(try bench.arguments(machines, ["concurrency": 1, "verify_seconds": 30]))
            let plugin = bench.plugin
            let call = Task { try await plugin.call("deploy_agents_ssh", arguments) }
            try await gate.waitForArrival()
            call.cancel()
            try gate.open()
            _ = await call.result

            let rollout = try #require(try await bench.rollouts().first)
            #expect(rollout["state"] == "cancelled", "\(rollout.json())")
            #expect(rollout["counts"] == ["cancelled": 1, "not_reached": 1])
            #expect(rollout.host(machines[0])["changes"] == ["configuration"])
            #expect(rollout.host(machines[0])["reason"]?.stringValue?.contains("sending the program") == true)
            #expect(try machines[0].mode("/etc/velociraptor/client.config.yaml") == 0o600)
            #expect(!machines[0].exists("/usr/local/bin/velociraptor_client"))
            #expect(!machines[1].exists("/etc/velociraptor"), "\(machines[1].target) was not reached")
            #expect(bench.server.asked == 0)

            let id = try #require(rollout["rollout_id"])
            let resumed = try await bench.call(
                "deploy_agents_ssh",
                [
                    "deployment_id": .string(AgentsBench.deployment), "rollout_id": id, "verify_seconds": 0,
                ]
            )
            #expect(resumed["counts"] == ["installed": 2], "\(resumed.json())")
            #expect(resumed["rollout_id"] == id)
            #expect(try await bench.rollouts().count == 1)
        }
    }

    @Test("interrupted, it is seen as such by whoever comes, and only machines that are not done are gone to")
    func interrupted() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            let whole = try await bench.deploy(machines)
            let id = try #require(whole["rollout_id"]?.stringValue)
            try bench.interrupt(id, at: 1)
            let other = try await bench.another()
            let seen = try #require(try await bench.rollouts(other).first)
            #expect(seen["state"] == "interrupted")
            #expect(seen["counts"] == ["begun": 1, "installed": 1])

            // Going to it again would fail now.
            machines[0].server.stop()
            let resumed = try await bench.deploy(
                [],
                [
                    "rollout_id": .string(id), "targets": .array(machines.map { .string($0.target) }),
                    "key_path": .string(machines[1].server.userKey),
                ]
            )
            #expect(resumed.status(machines[0]) == "installed", "\(resumed.json())")
            #expect(resumed.status(machines[1]) == "unchanged")
            #expect(try await bench.rollouts(other).first?["state"] == "done")
        }
    }

    @Test("the plugin goes in the middle: the machine's step is finished, and the next host goes on with the rollout")
    func dropped() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            let gate = try machines[0].gate("sync", then: "exit 0")
            let arguments = JSONValue.object(try bench.arguments(machines, ["concurrency": 1]))
            let plugin = bench.plugin
            let call = Task { try await plugin.call("deploy_agents_ssh", arguments) }
            try await gate.waitForArrival()
            await plugin.deactivate(within: 1)
            let other = try await bench.another()
            let running = try #require(try await bench.rollouts(other).first)
            #expect(running["state"] == "running", "it waits for its step")
            try gate.open()
            _ = await call.result
            while try await bench.rollouts(other).first?["state"] == "running" {
                try await Task.sleep(for: .milliseconds(20))
            }
            let left = try #require(try await bench.rollouts(other).first)
            #expect(left["counts"] == ["cancelled": 1, "not_reached": 1], "\(left.json())")
            let resumed = try await other.call(
                "deploy_agents_ssh",
                [
                    "deployment_id": .string(AgentsBench.deployment), "rollout_id": left["rollout_id"] ?? .null,
                    "verify_seconds": 0,
                ]
            )
            #expect(resumed.structured?["counts"] == ["installed": 2], "\(resumed.text)")
        }
    }

    @Test("a rollout that goes on is the same one: other targets, labels, programs and contents are refused")
    func another() async throws {
        try await RolloutBench.with { bench, machines in
            let id = try #require(try await bench.deploy(machines)["rollout_id"])
            let before = try bench.stateFiles()
            let newer = try StandInAgent.program("2", in: bench.folder)
            let cases: [JSONObject] = [
                ["targets": ["elsewhere.example.org"]], ["labels": ["other"]], ["program": .string(newer)],
                ["target_os": "macos"],
            ]
            for more in cases {
                var arguments = more
                arguments["rollout_id"] = id
                let error = await bench.refusal { try await bench.deploy(machines, arguments) }
                #expect(error?.code == .invalidArgument, "\(more)")
            }
            try FileManager.default.removeItem(atPath: bench.program)
            try FileManager.default.moveItem(atPath: newer, toPath: bench.program)
            let changed = await bench.refusal { try await bench.deploy(machines, ["rollout_id": id]) }
            #expect(changed?.code == .failedPrecondition)
            #expect(try bench.stateFiles() == before)
        }
    }

    @Test("files of rollouts are the owner's alone; one that cannot be read hides no other")
    func files() async throws {
        try await RolloutBench.with { bench, machines in
            _ = try await bench.deploy(machines)
            let folder = bench.stateFolder
            for name in try bench.stateFiles().keys {
                let facts = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
                #expect(facts[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            try Data("{}".utf8).write(to: folder.appending(path: "ro-00000000000f.json"))
            let path = folder.appending(path: "ro-00000000000f.json").path
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            let listed = try await bench.call("list_agent_rollouts", [:])
            #expect(listed["total"] == 1)
            #expect(listed["notes"]?.arrayValue?.first?.stringValue?.contains("ro-00000000000f") == true)
            let open = try await bench.call("list_agent_rollouts", ["include_finished": false])
            #expect(open["total"] == 0)
        }
    }

    @Test("a rollout is known again by its tags, which stay with it")
    func tags() async throws {
        try await RolloutBench.with { bench, machines in
            let tagged = try await bench.deploy(machines, ["tags": ["case-7", "wave-1"]])
            #expect(tagged["tags"] == ["case-7", "wave-1"])
            _ = try await bench.deploy(machines)
            let listed = try await bench.call("list_agent_rollouts", ["tag": "wave-1"])
            #expect(listed["total"] == 1)
            #expect(listed["rollouts"]?.arrayValue?.first?["rollout_id"] == tagged["rollout_id"])
            let none = try await bench.call("list_agent_rollouts", ["tag": "wave"])
            #expect(none["total"] == 0)
            let id = try #require(tagged["rollout_id"])
            let other = await bench.refusal {
                try await bench.deploy(machines, ["rollout_id": id, "tags": ["wave-2"]])
            }
            #expect(other?.code == .invalidArgument)
        }
    }
}

extension RolloutBench {
    /// Leaves a rollout's file as it is when the host is killed while it works on one of the machines.
    func interrupt(_ id: String, at index: Int) throws {
        let file = stateFolder.appending(path: "\(id).json")
        var record = try JSONValue(json: Data(contentsOf: file)).objectValue ?? [:]
        record["ended"] = nil
        record["outcome"] = nil
        var hosts = record["hosts"]?.arrayValue ?? []
        hosts[index] = ["target": hosts[index]["target"] ?? .null, "status": "begun", "changes": []]
        record["hosts"] = .array(hosts)
        try Data(JSONValue.object(record).jsonBytes()).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
}
