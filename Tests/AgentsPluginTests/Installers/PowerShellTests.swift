// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import Testing
import WinRMTestbed

@Suite("Scripts for Windows, read by a grammar of PowerShell")
struct PowerShellTests {
    @Test("are PowerShell, all that are written for installers and for Group Policy")
    func generated() async throws {
        try await AgentsBench.with { bench in
            var scripts: [String] = []
            for (tool, more) in [("generate_agent_installer", ["os_type": "windows"]), ("generate_gpo_package", [:])] {
                var arguments: JSONObject = ["program": try bench.installer()]
                for (name, value) in more { arguments[name] = .string(value) }
                let folder = try #require(try await bench.call(tool, arguments)["folder"]?.stringValue)
                scripts += try Golden.files(folder).filter { $0.hasSuffix(".ps1") }.map { "\(folder)/\($0)" }
            }
            #expect(scripts.count == 4)
            try WinRMTool.requirePowerShell(scripts)
        }
    }

    @Test("are looked at in earnest: a script that lacks a bracket is refused")
    func broken() async throws {
        try await AgentsBench.with { bench in
            let script = bench.folder.appending(path: "broken.ps1")
            try Data("if ($sum -ne 'x') { throw \"no\"\nRestart-Service -Name 'Velociraptor' -Force\n".utf8).write(
                to: script
            )
            let refused = #expect(throws: Command.Failure.self) {
                try WinRMTool.requirePowerShell([script.path])
            }
            #expect(refused?.description.contains("broken.ps1 is no PowerShell") == true)
        }
    }
}
