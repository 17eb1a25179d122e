// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorPluginTesting
import SSHTestbed
import Testing

@Suite("Agents by SSH", .timeLimit(.minutes(5)))
struct InstallTests {
    private static let files = [
        "/usr/local/bin/velociraptor_client", "/etc/velociraptor/client.config.yaml",
        "/etc/systemd/system/velociraptor_client.service",
    ]

    @Test("installed, unchanged the second time, upgraded with another program; started only when something changed")
    func life() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let first = try await bench.deploy(machines, ["labels": ["case7"]])
            #expect(first.status(machine) == "installed", "\(first.json())")
            #expect(first["state"] == "done")
            #expect(try machine.bytes(Self.files[0]) == Data(contentsOf: URL(filePath: bench.program)))
            #expect(try machine.mode(Self.files[0]) == 0o755)
            #expect(try machine.mode(Self.files[1]) == 0o600)
            #expect(try machine.mode("/etc/velociraptor") == 0o700)
            let config = String(decoding: try machine.bytes(Self.files[1]), as: UTF8.self)
            #expect(config.contains(AgentsBench.nonce) && config.contains("case7"))
            #expect(machine.isRunning)
            let started = machine.service

            let second = try await bench.deploy(machines, ["labels": ["case7"]])
            #expect(second.status(machine) == "unchanged", "\(second.json())")
            #expect(second.host(machine)["changes"] == nil)
            #expect(machine.service == started)

            let newer = try StandInAgent.program("2", in: bench.folder)
            let third = try await bench.deploy(machines, ["labels": ["case7"], "program": .string(newer)])
            #expect(third.status(machine) == "upgraded", "\(third.json())")
            #expect(third.host(machine)["changes"] == ["program", "started"])
            #expect(try machine.bytes(Self.files[0]) == Data(contentsOf: URL(filePath: newer)))
            #expect(machine.service != started && machine.isRunning)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: machine.root.path + "/usr/local/bin").count == 1
            )
        }
    }

    @Test("an agent that was stopped is started, and nothing else is done")
    func stopped() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            _ = try await bench.deploy(machines)
            let pid = try #require(machine.service.flatMap { Int32($0) })
            kill(-pid, SIGKILL)
            try FileManager.default.removeItem(
                atPath: machine.root.path + "/etc/systemd/system/velociraptor_client.service.wanted"
            )
            let again = try await bench.deploy(machines)
            #expect(again.host(machine)["changes"] == ["started"])
            #expect(machine.isRunning)
        }
    }

    @Test("one that cannot be reached stops no other, and is tried again by the rollout's id when that is wanted")
    func besideAFailure() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            let dead = try await { () async throws -> String in "127.0.0.1:\(try SSHTestServer.freePort())" }()
            let targets = JSONValue.array([.string(dead)] + machines.map { .string($0.target) })
            let mixed = try await bench.deploy(machines, ["targets": targets])
            #expect(mixed.host(named: dead)["status"] == "failed")
            #expect(mixed.host(named: dead)["code"] == "unavailable")
            #expect(mixed.host(named: dead)["enrolled"] == .null)
            for machine in machines { #expect(mixed.status(machine) == "installed", "\(mixed.json())") }

            let id = try #require(mixed["rollout_id"])
            let asked = try await bench.call(
                "deploy_agents_ssh",
                try bench.arguments(
                    [],
                    [
                        "rollout_id": id, "targets": targets,
                    ]
                )
            )
            #expect(asked["counts"] == ["installed": 2, "failed": 1])
            #expect(bench.host.progress.count { $0.message.hasPrefix("\(dead): failed") } == 1, "failed is left alone")
            _ = try await bench.deploy([], ["rollout_id": id, "targets": targets, "retry_failed": true])
            #expect(bench.host.progress.count { $0.message.hasPrefix("\(dead): failed") } == 2)
        }
    }

    @Test("a program that does not stay up is a failure, told with where to look")
    func broken() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let program = try StandInAgent.broken(in: bench.folder)
            let answer = try await bench.deploy(machines, ["program": .string(program)])
            #expect(answer.status(machine) == "failed", "\(answer.json())")
            #expect(answer.host(machine)["reason"]?.stringValue?.contains("does not keep running") == true)
            #expect(answer.host(machine)["hint"]?.stringValue?.contains("journalctl") == true)
        }
    }

    @Test("sudo's password goes to its input, and to no answer and no file, even where a machine says it")
    func sudo() async throws {
        try await RolloutBench.with([.guarded]) { bench, machines in
            let machine = try #require(machines.first)
            let none = try await bench.deploy(machines)
            #expect(none.host(machine)["code"] == "permission_denied")
            let wrong = try await bench.deploy(machines, ["sudo_password_secret": "ssh-wrong"])
            #expect(wrong.host(machine)["code"] == "permission_denied")
            let right = try await bench.deploy(machines, ["sudo_password_secret": "ssh-sudo"])
            #expect(right.status(machine) == "installed", "\(right.json())")

            let tool = "read p; case \"$*\" in *'id -u') echo 0;; *) echo \"said $p\" >&2; exit 3;; esac\n"
            try machine.fake.write(
                "guarded/sudo",
                tool.replacing("read p;", with: "[ \"$1\" = -k ] && [ \"$2\" = -n ] && exit 1; read p;")
            )
            let telling = try await bench.deploy(machines, ["sudo_password_secret": "ssh-sudo"])
            #expect(
                telling.host(machine)["reason"]?.stringValue?.contains("said [secret]") == true,
                "\(telling.json())"
            )
            let files = try bench.stateFiles()
            #expect(files.count == 5, "four rollouts and the lock: \(files.keys)")
            for text in files.values { bench.expectNoSecret(text) }
            for line in bench.host.log { bench.expectNoSecret(line.message) }
        }
    }
}
