// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing
import WinRMTestbed

@Suite("Agents removed by WinRM")
struct WindowsRemovalTests {
    private static let folder = #"C:\Program Files\Velociraptor\"#
    private static let buffer = "Velociraptor_Buffer.bin"

    /// What an agent that ran has left on the machine.
    private static func leave(_ machine: WinRMEndpoint) throws {
        try machine.write("Velociraptor/velociraptor.writeback.yaml", "client_id: C.1\n")
        try machine.write(buffer, "rest", in: "temporary")
    }

    @Test("without confirm only what would go is shown; with it the agent goes, and its key stays")
    func removal() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            _ = try await bench.deploy()
            try Self.leave(machine)
            let kept = try bench.state()

            let shown = try await bench.remove(["wipe": true])
            #expect(shown.status(machine) == "would_remove", "\(shown.json())")
            #expect(
                shown.host(machine)["changes"] == [
                    "Velociraptor", .string(Self.folder + "Velociraptor.exe"),
                    .string(Self.folder + "client.config.yaml"),
                    .string(Self.folder + "velociraptor.writeback.yaml"),
                    .string(#"C:\Windows\Temp\"# + Self.buffer),
                ]
            )
            #expect(machine.file("Velociraptor/Velociraptor.exe") != nil)
            #expect(try machine.agent()["service"] == "Running")
            #expect(try bench.state() == kept, "what is only shown is not kept")

            let removed = try await bench.remove(["confirm": true, "tags": ["case7"]])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(removed["kind"] == "remove" && removed["reached_by"] == "winrm")
            #expect(removed.host(machine)["changes"]?.arrayValue?.count == 3)
            #expect(try machine.agent()["service"] == nil)
            for name in ["Velociraptor.exe", "client.config.yaml", "megaraptor-installer.txt"] {
                #expect(machine.file("Velociraptor/\(name)") == nil)
            }
            #expect(machine.file("Velociraptor Setup/Remove-VelociraptorAgent.ps1") == nil)
            #expect(machine.file("Velociraptor/velociraptor.writeback.yaml") != nil)

            let again = try await bench.remove(["confirm": true, "wipe": true])
            #expect(again.status(machine) == "unchanged", "\(again.json())")
            #expect(again.host(machine)["reason"]?.stringValue?.contains("writeback.yaml") == true)
            #expect(
                machine.file("Velociraptor/velociraptor.writeback.yaml") != nil,
                "nothing says any more whose it is"
            )
        }
    }

    @Test("wiped, key and what was not sent go as well, and nothing is left of the program that was no MSI")
    func wipe() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let head = WindowsInstallTests.windowsProgram
            let program = try bench.bench.program("velociraptor-v0.77.2-windows-amd64.exe", head: head)
            _ = try await bench.deploy(["program": program])
            try Self.leave(machine)
            let removed = try await bench.remove(["confirm": true, "wipe": true])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(removed.host(machine)["changes"]?.arrayValue?.count == 5)
            #expect(machine.file("Velociraptor/velociraptor.writeback.yaml") == nil)
            #expect(machine.file(Self.buffer, in: "temporary") == nil)
            let state = try bench.state()
            #expect(!state.contains(WinRMEndpoint.password) && !state.contains(AgentsBench.nonce))
        }
    }

    @Test("an agent of another server, and one that nobody claims, stay as they are")
    func foreign() async throws {
        try await WindowsBench.with([[:], [:]]) { bench in
            let (theirs, nobodys) = (bench.machines[0], bench.machines[1])
            let config = "Client:\n  nonce: c29tZWJvZHkgZWxzZQ==\n"
            try theirs.write("Velociraptor/client.config.yaml", config)
            for machine in bench.machines {
                try machine.setService("Running")
                try machine.write("Velociraptor/Velociraptor.exe", "program")
            }
            let answer = try await bench.remove(["confirm": true])
            for machine in bench.machines {
                #expect(answer.host(machine)["code"] == "conflict", "\(answer.json())")
                #expect(machine.file("Velociraptor/Velociraptor.exe") != nil)
                #expect(try machine.agent()["service"] == "Running")
            }
            #expect(answer.host(theirs)["reason"]?.stringValue?.contains("of another server") == true)
            #expect(answer.host(nobodys)["reason"]?.stringValue?.contains("nothing says whose it is") == true)
            #expect(theirs.file("Velociraptor/client.config.yaml") == Data(config.utf8))
        }
    }

    @Test("a failure tells what is gone and why the rest stays; the next call goes on")
    func failures() async throws {
        let behaviours: [JSONObject] = [["msiexec": 1603], ["held": true], ["plain_user": true]]
        try await WindowsBench.with([[:], [:], [:]]) { bench in
            _ = try await bench.deploy()
            for (machine, behaviour) in zip(bench.machines, behaviours) { try machine.behave(behaviour) }
            let failed = try await bench.remove(["confirm": true])
            let hosts = bench.machines.map { failed.host($0) }
            #expect(hosts.allSatisfy { $0["status"] == "failed" }, "\(failed.json())")
            #expect(hosts[0]["reason"]?.stringValue?.contains("msiexec ended with 1603") == true)
            #expect(hosts[0]["changes"] == nil)
            #expect(hosts[1]["reason"]?.stringValue?.contains("used by another process") == true)
            #expect(hosts[1]["changes"] == ["Velociraptor"], "the service is gone")
            #expect(hosts[2]["code"] == "permission_denied")
            for machine in bench.machines { try machine.behave([:]) }
            let second = try await bench.remove(["confirm": true])
            for machine in bench.machines { #expect(second.status(machine) == "removed", "\(second.json())") }
        }
    }
}
