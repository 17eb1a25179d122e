// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import Testing

@Suite("Ansible's playbooks and launchd")
struct AnsibleMacServiceTests {
    /// Knows whether the agent was given to it, and refuses to be given it twice.
    private static let launchctl = """
        #!/bin/sh
        echo "$1" >>"$0.calls"
        case "$1" in
        print) test -f "$0.loaded" && echo 'state = running' ;;
        bootstrap) test ! -f "$0.loaded" && test -f "$3" && touch "$0.loaded" ;;
        bootout) rm "$0.loaded" ;;
        esac

        """

    @Test("give it the agent once, again when something has changed, and take it out")
    func service() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(AnsibleRunTests.tool, ["program_macos": try bench.macProgram()])
            let folder = try #require(made["folder"]?.stringValue)
            let variables = ["velociraptor_agent_architecture": "arm64"]
            var run = try AnsibleRun(folder, bench: bench, system: "Darwin", variables: variables)
            let managers = bench.folder.appending(path: "managers")
            try FileManager.default.createDirectory(at: managers, withIntermediateDirectories: false)
            let program = managers.appending(path: "launchctl")
            try Data(Self.launchctl.utf8).write(to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            run.managers = managers.path
            func calls() throws -> [Substring] {
                let log = URL(filePath: program.path + ".calls")
                defer { try? FileManager.default.removeItem(at: log) }
                return try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
            }

            try run.expect("deploy_agents.yml", changes: 6...6)
            #expect(try calls() == ["bootout", "bootstrap", "print", "print"])
            try expectFiles(of: run, bench)
            let config = "\(run.root)/usr/local/bin/velociraptor.config.yaml"
            try Data("nothing".utf8).write(to: URL(filePath: config))
            try run.expect("deploy_agents.yml", changes: 3...3)
            #expect(try calls() == ["bootout", "bootstrap", "print", "print"])

            try FileManager.default.removeItem(atPath: program.path + ".loaded")
            try run.expect("deploy_agents.yml", changes: 1...1)
            #expect(try calls() == ["print", "bootstrap", "print"])
            try run.expect("remove_agents.yml", changes: 2...2)
            #expect(try calls() == ["print", "bootout"])
            #expect(try Golden.files(run.root).isEmpty)
        }
    }

    private func expectFiles(of run: AnsibleRun, _ bench: AgentsBench) throws {
        let bin = "\(run.root)/usr/local/bin"
        #expect(try bench.mode("\(bin)/velociraptor.config.yaml") == 0o600)
        let plist = try Command.run(
            "python3",
            "-c",
            "import plistlib,sys; print(*plistlib.load(open(sys.argv[1],'rb'))['ProgramArguments'])",
            "\(run.root)/Library/LaunchDaemons/com.velocidex.velociraptor.plist"
        )
        #expect(plist.output == "\(bin)/velociraptor client --config \(bin)/velociraptor.config.yaml --quiet\n")
    }

    @Test("do not bring a Mac the program for another processor")
    func otherProcessor() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(AnsibleRunTests.tool, ["program_macos": try bench.macProgram()])
            let folder = try #require(made["folder"]?.stringValue)
            let variables = ["velociraptor_agent_architecture": "x86_64"]
            let run = try AnsibleRun(folder, bench: bench, system: "Darwin", variables: variables)
            let refused = try run("deploy_agents.yml")
            #expect(refused.status != 0 && refused.output.contains("The program is for arm64."), "\(refused.output)")
        }
    }
}
