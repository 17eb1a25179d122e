// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import SSHTestbed
import Testing

@Suite("What rollouts refuse", .timeLimit(.minutes(5)))
struct RefusalTests {
    @Test("an unknown host key is told with its fingerprint and what to do; nothing is sent")
    func hostKey() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let answer = try await bench.deploy(machines, ["known_hosts": "/dev/null"])
            let host = answer.host(machine)
            #expect(host["code"] == "failed_precondition")
            #expect(host["reason"]?.stringValue?.contains(try machine.server.fingerprint()) == true)
            #expect(host["hint"]?.stringValue?.contains("ssh-keyscan -p \(machine.server.port)") == true)
            let other = try machine.server.makeContradictingHosts()
            let changed = try await bench.deploy(machines, ["known_hosts": .string(other)])
            #expect(changed.host(machine)["code"] == "unauthenticated")
            #expect(!machine.exists("/etc/velociraptor"))
        }
    }

    @Test("another system, another processor and no supervisor are told before anything is changed")
    func otherMachine() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let cases = [
                ("uname", "[ \"$1\" = -s ] && echo Darwin || exec /usr/bin/uname \"$@\"\n", "Darwin"),
                ("uname", "[ \"$1\" = -m ] && echo mips64 || exec /usr/bin/uname \"$@\"\n", "mips64"),
                ("systemctl", "echo offline\n", "runs services"),
            ]
            for (program, text, word) in cases {
                try machine.fake.write("bin/\(program)", text)
                let answer = try await bench.deploy(machines)
                #expect(answer.status(machine) == "failed")
                #expect(answer.host(machine)["reason"]?.stringValue?.contains(word) == true, "\(answer.json())")
                try FileManager.default.removeItem(at: machine.fake.folder.appending(path: "bin/\(program)"))
                #expect(!machine.exists("/etc/velociraptor"))
            }
        }
    }

    @Test("an agent of another server is left as it is, by an installation and by a removal")
    func foreign() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let config = "/etc/velociraptor/client.config.yaml"
            let text = "Client:\n  server_urls: [\"https://vr.example.org:8000/\"]\n  nonce: other\n"
            try machine.write(config, text)
            #expect(try await bench.deploy(machines).host(machine)["code"] == "conflict")
            let removed = try await bench.remove(machines, ["confirm": true, "wipe": true])
            #expect(removed.host(machine)["code"] == "conflict")
            #expect(try machine.bytes(config) == Data(text.utf8))
            #expect(!machine.exists("/usr/local/bin"))
        }
    }

    @Test("the tools' schemas are ones that a model can work with, and the changing ones are asked for first")
    func schemas() async throws {
        try await RolloutBench.with([]) { bench, _ in
            let problems = try await bench.plugin.schemaProblems()
            let changing = ["deploy_agents_ssh", "deploy_agents_winrm", "remove_agents", "remove_agents_winrm"]
            let mine = changing + ["list_agent_rollouts"]
            #expect(problems.filter { problem in mine.contains { problem.contains($0) } } == [])
            let tools = try await bench.plugin.describe()["tools"]?.arrayValue ?? []
            let asking = tools.filter { $0["annotations"]?["destructive"] == true && $0["asks_first"] == nil }
            #expect(asking.compactMap { $0["name"]?.stringValue } == changing)
        }
    }

    @Test("inputs that cannot be right are refused before any machine is reached")
    func inputs() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let twice: JSONValue = [.string(machine.target), .string("root@\(machine.target)")]
            let foreign = try bench.foreignProgram()
            let cases: [(JSONObject, String)] = [
                (["targets": twice], "twice"), (["targets": ["host:port"]], "no machine"),
                (["retry_failed": true], "rollout_id"), (["target_os": "macos"], "No program"),
                (["program": .string(foreign)], "is for macos"),
            ]
            for (more, words) in cases {
                let error = await bench.refusal { try await bench.deploy(machines, more) }
                #expect(error?.code == .invalidArgument, "\(more)")
                #expect(error?.message.contains(words) == true, "\(String(describing: error))")
            }
            let unknown = await bench.refusal {
                try await bench.deploy(machines, ["rollout_id": "ro-0123456789ab"])
            }
            #expect(unknown?.code == .notFound)
            #expect(try bench.stateFiles().isEmpty)
        }
    }
}

extension RolloutBench {
    /// The beginning of a program for Macs.
    func foreignProgram() throws -> String {
        let path = folder.appending(path: "velociraptor-v0.77.2-darwin-arm64")
        let head: [UInt8] = [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0x00, 0x00, 0x01]
        try Data(head + [UInt8](repeating: 7, count: 5000 - head.count)).write(to: path)
        return path.path
    }
}
