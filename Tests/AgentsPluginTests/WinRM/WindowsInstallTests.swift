// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing
import WinRMTestbed

@Suite("Agents by WinRM")
struct WindowsInstallTests {
    private static let config = "Velociraptor/client.config.yaml"

    @Test("installed, unchanged the second time, upgraded with another program or configuration")
    func life() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let first = try await bench.deploy(["labels": ["case7"]])
            #expect(first.status(machine) == "installed", "\(first.json())")
            #expect(first.host(machine)["changes"] == ["program", "configuration", "started"])
            #expect(first.host(machine)["hostname"] == "PC-17")
            #expect(first["reached_by"] == "winrm" && first["state"] == "done")
            let config = String(decoding: try #require(machine.file(Self.config)), as: UTF8.self)
            #expect(config.contains(AgentsBench.nonce) && config.contains("case7"))
            #expect(machine.file("Velociraptor Setup/velociraptor.msi") == nil, "what was sent is taken away")

            let second = try await bench.deploy(["labels": ["case7"]])
            #expect(second.status(machine) == "unchanged", "\(second.json())")
            #expect(second.host(machine)["changes"] == nil)
            #expect(try machine.agent()["installed"] == 1)

            let third = try await bench.deploy(["labels": ["case8"]])
            #expect(third.status(machine) == "upgraded", "\(third.json())")
            #expect(third.host(machine)["changes"] == ["configuration", "started"])

            let head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 9]
            let newer = try bench.bench.program("velociraptor-v0.77.3-windows-amd64.msi", head: head)
            let fourth = try await bench.deploy(["labels": ["case8"], "program": newer])
            #expect(fourth.host(machine)["changes"] == ["program", "started"], "\(fourth.json())")
            #expect(try machine.agent()["installed"] == 3)
        }
    }

    @Test("with a program of several pieces, which comes whole; no secret in what is kept, logged or in a command line")
    func pieces() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let path = bench.bench.folder.appending(path: "velociraptor-v0.77.2-windows-amd64.msi")
            let body = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
            try Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + body).write(to: path)
            let answer = try await bench.deploy(["program": .string(path.path)])
            #expect(answer.status(machine) == "installed", "\(answer.json())")
            let kept = try bench.state()
            let events = try machine.events().map { $0.json() }.joined()
            for text in [kept, events] {
                #expect(!text.contains(WinRMEndpoint.password) && !text.contains(AgentsBench.nonce))
            }
            #expect(kept.contains("winrm-ada"), "the secret's name is kept, for going on")
        }
    }

    @Test("with the program itself in place of the MSI, whose configuration lies under another name")
    func program() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let program = try bench.bench.program("velociraptor-v0.77.2-windows-amd64.exe", head: Self.windowsProgram)
            let answer = try await bench.deploy(["program": program])
            #expect(answer.status(machine) == "installed", "\(answer.json())")
            #expect(machine.file("Velociraptor/Velociraptor.config.yaml") != nil)
            #expect(machine.file(Self.config) == nil)

            let other = try await bench.deploy()
            #expect(other.status(machine) == "failed")
            #expect(other.host(machine)["reason"]?.stringValue?.contains("installed without the MSI") == true)
        }
    }

    /// The head of a program for Windows on amd64: `MZ`, where the rest begins, `PE`, the processor.
    static let windowsProgram: [UInt8] = {
        var head = [UInt8](repeating: 0, count: 0x100)
        head[0...1] = [0x4D, 0x5A]
        head[0x3C] = 0x80
        head[0x80...0x85] = [0x50, 0x45, 0, 0, 0x64, 0x86]
        return head
    }()

    @Test("are enrolled where the server has seen them since, and not before")
    func enrolled() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let unseen = try await bench.deploy(["verify_seconds": 1])
            #expect(unseen.host(machine)["enrolled"] == false, "\(unseen.json())")
            bench.server.sees("PC-17", "C.0011223344556677")
            let seen = try await bench.deploy(["verify_seconds": 5])
            #expect(seen.host(machine)["enrolled"] == true, "\(seen.json())")
            #expect(seen.host(machine)["client_id"] == "C.0011223344556677")
        }
    }

    @Test("fail on a machine of its own, and going on with the rollout does only what failed")
    func resumed() async throws {
        let behaviours: [JSONObject] = [[:], ["msiexec": 1603], ["hostname": "PC-18"]]
        try await WindowsBench.with(behaviours) { bench in
            let (whole, broken, foreign) = (bench.machines[0], bench.machines[1], bench.machines[2])
            try foreign.write(Self.config, "Client:\n  nonce: c29tZWJvZHkgZWxzZQ==\n")
            try foreign.setService("Running")
            let first = try await bench.deploy()
            #expect(first.status(whole) == "installed", "\(first.json())")
            #expect(first.status(broken) == "failed" && first.status(foreign) == "failed")
            #expect(first.host(broken)["reason"]?.stringValue?.contains("msiexec ended with 1603") == true)
            #expect(first.host(foreign)["code"] == "conflict")
            #expect(String(decoding: try #require(foreign.file(Self.config)), as: UTF8.self).contains("c29tZW"))
            #expect(broken.file("Velociraptor Setup/velociraptor.msi") != nil, "it need not be sent again")

            try broken.behave([:])
            let id = try #require(first["rollout_id"])
            let second = try await bench.deploy([
                "rollout_id": id, "retry_failed": true, "targets": .null, "program": .null, "username": .null,
                "password_secret": .null, "ca_file": .null,
            ])
            #expect(second.status(broken) == "installed", "\(second.json())")
            #expect(second.status(foreign) == "failed")
            #expect(try whole.agent()["installed"] == 1)
            #expect(try broken.agent()["installed"] == 1)
            let lists = try await bench.bench.call("list_agent_rollouts")
            #expect(lists["rollouts"]?.arrayValue?.first?["reached_by"] == "winrm")
        }
    }

    @Test("take the place of what an MSI lays there before it is told of a server, and of nothing that nobody can read")
    func placeholder() async throws {
        try await WindowsBench.with([[:], [:]]) { bench in
            let (fresh, unreadable) = (bench.machines[0], bench.machines[1])
            try fresh.write(Self.config, "# To be replaced.\n")
            // As PowerShell's redirection writes it, and Velociraptor reads it.
            try unreadable.write(Self.config, "\u{FEFF}Client: {\0nonce: [")
            for machine in bench.machines { try machine.setService("Running") }
            let answer = try await bench.deploy()
            #expect(answer.status(fresh) == "installed", "\(answer.json())")
            #expect(answer.host(unreadable)["code"] == "conflict")
        }
    }
}
