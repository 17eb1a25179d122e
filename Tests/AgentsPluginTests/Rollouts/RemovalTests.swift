// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Agents removed by SSH", .timeLimit(.minutes(5)))
struct RemovalTests {
    private static let key = "/etc/velociraptor.writeback.yaml"
    private static let buffer = "/var/tmp/Velociraptor_Buffer.bin"

    @Test("without confirm only what would go is shown; with it the agent goes, and its key only when wiped")
    func removal() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            _ = try await bench.deploy(machines)
            try machine.write(Self.key, "client_id: C.1\n")
            try machine.write(Self.buffer, "rest")
            let files = try bench.stateFiles()

            let shown = try await bench.remove(machines, ["wipe": true])
            #expect(shown.status(machine) == "would_remove", "\(shown.json())")
            let going = shown.host(machine)["changes"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(going.contains("velociraptor_client.service"))
            #expect(going.contains("\(machine.root.path)/usr/local/bin/velociraptor_client"))
            #expect(going.contains(machine.root.path + Self.key))
            #expect(machine.isRunning)
            #expect(try bench.stateFiles() == files, "what is only shown is not kept")

            let removed = try await bench.remove(machines, ["confirm": true])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(removed["kind"] == "remove")
            #expect(!machine.isRunning)
            #expect(!machine.exists("/usr/local/bin/velociraptor_client") && !machine.exists("/etc/velociraptor"))
            #expect(!machine.exists("/etc/systemd/system/velociraptor_client.service"))
            #expect(machine.exists(Self.key) && machine.exists(Self.buffer))
            let again = try await bench.remove(machines, ["confirm": true, "wipe": true])
            #expect(again.status(machine) == "unchanged")
            #expect(machine.exists(Self.key), "nothing says any more whose key it is")
            #expect(again.host(machine)["reason"]?.stringValue?.contains(Self.key) == true)
        }
    }

    @Test("wiped, the key and what was not sent go as well; what others keep beside the configuration stays")
    func wipe() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            _ = try await bench.deploy(machines)
            try machine.write(Self.key, "client_id: C.1\n")
            try machine.write(Self.buffer, "rest")
            try machine.write("/etc/velociraptor/server.config.yaml", "theirs")
            try machine.write("/etc/velociraptor/client.config.yaml.part", "left by an interruption")
            let removed = try await bench.remove(machines, ["confirm": true, "wipe": true])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(!machine.exists(Self.key) && !machine.exists(Self.buffer))
            #expect(try machine.bytes("/etc/velociraptor/server.config.yaml") == Data("theirs".utf8))
            #expect(!machine.exists("/etc/velociraptor/client.config.yaml.part"))
            let listed = try await bench.rollouts()
            #expect(listed.compactMap { $0["kind"]?.stringValue }.sorted() == ["install", "remove"])
        }
    }

    @Test("an agent without a configuration is nobody's that we know, and stays")
    func nobodys() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            try machine.write("/usr/local/bin/velociraptor_client", "program")
            let answer = try await bench.remove(machines, ["confirm": true])
            #expect(answer.host(machine)["code"] == "conflict", "\(answer.json())")
            #expect(machine.exists("/usr/local/bin/velociraptor_client"))
        }
    }
}
