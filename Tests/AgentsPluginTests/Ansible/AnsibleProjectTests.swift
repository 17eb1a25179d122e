// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Ansible's role and playbooks, as text")
struct AnsibleProjectTests {
    private static let tool = AnsibleRunTests.tool

    private static func programs(_ bench: AgentsBench) throws -> JSONObject {
        [
            "program_linux": try bench.linuxProgram(), "program_windows": try bench.installer(),
            "program_macos": try bench.macProgram(),
        ]
    }

    private static func isText(_ name: String) -> Bool { !name.contains("/files/") && name != "SHA256SUMS" }

    @Test("are as they were agreed to", arguments: ["fetched", "pinned", "linux-only"])
    func golden(name: String) async throws {
        try await AgentsBench.with { bench in
            let arguments: JSONObject =
                switch name {
                case "pinned": try Self.programs(bench)
                case "linux-only": ["include_windows": false, "include_macos": false]
                default: [:]
                }
            let made = try await bench.call(Self.tool, arguments)
            let folder = try #require(made["folder"]?.stringValue)
            // Programs change these three and no others.
            let differing = ["README.md", "defaults/main.yml", "vars/main.yml"]
            let files = try Golden.files(folder).filter { file in
                Self.isText(file) && (name != "pinned" || differing.contains(where: file.hasSuffix))
            }
            try Golden(name, beside: #filePath).expect(files, in: folder)
        }
    }

    @Test("are what Ansible takes, for any choice of systems", arguments: ["linux", "windows", "macos"])
    func syntax(only: String) async throws {
        try await AgentsBench.with { bench in
            let others = ["linux", "windows", "macos"].filter { $0 != only }
            let arguments = JSONObject(others.map { ("include_\($0)", false) })
            let made = try await bench.call(Self.tool, arguments)
            let folder = try #require(made["folder"]?.stringValue)
            for playbook in ["deploy_agents.yml", "remove_agents.yml"] {
                let words = ["--syntax-check", "-i", "inventory.example.yml", playbook]
                let syntax = try AnsibleTool.run("ansible-playbook", words, in: folder)
                #expect(syntax.status == 0, "\(syntax.output)")
            }
        }
    }

    @Test("are clean for the linter's strictest profile")
    func lint() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool)
            let folder = try #require(made["folder"]?.stringValue)
            let words = ["--offline", "--strict", "--profile", "production"]
            let lint = try AnsibleTool.run("ansible-lint", words, in: folder)
            #expect(lint.status == 0, "\(lint.output)")
            #expect(lint.output.contains("Passed: 0 failure(s), 0 warning(s)"), "\(lint.output)")
        }
    }

    @Test("are really looked at by the linter: a module without its full name is refused")
    func lintFails() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool)
            let folder = try #require(made["folder"]?.stringValue)
            let tasks = URL(filePath: "\(folder)/roles/velociraptor_agent/tasks/windows.yml")
            let text = try String(contentsOf: tasks, encoding: .utf8)
            try Data(text.replacingOccurrences(of: "ansible.windows.win_acl:", with: "win_acl:").utf8).write(to: tasks)
            let words = ["--offline", "--profile", "production", "roles/velociraptor_agent/tasks/windows.yml"]
            let lint = try AnsibleTool.run("ansible-lint", words, in: folder)
            #expect(lint.status != 0 && lint.output.contains("fqcn"), "\(lint.output)")
        }
    }

    @Test("have sums that fit, are their owner's alone, and hold the nonce in one file")
    func files() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, try Self.programs(bench))
            let folder = try #require(made["folder"]?.stringValue)
            let check = try Command.run("sha256sum", "--check", "--strict", "SHA256SUMS", in: folder)
            #expect(check.status == 0, "\(check.output)")
            let names = try Golden.files(folder)
            #expect(made["files"]?.arrayValue?.count == names.count - 1, "all but the sums")
            for name in names { #expect(try bench.mode("\(folder)/\(name)") == 0o600, "\(name)") }
            let holders = try names.filter { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")).holdsNonce }
            #expect(holders == ["group_vars/all/velociraptor.yml"])
            #expect(made["secret_file"]?.stringValue == "\(folder)/group_vars/all/velociraptor.yml")
            #expect(made["ca_fingerprint"] == "AA:BB")

            // Made again for fewer systems, nothing of before is left.
            let fewer = try await bench.call(Self.tool, ["include_windows": false, "include_macos": false])
            #expect(fewer["folder"]?.stringValue == folder)
            #expect(try Golden.files(folder).allSatisfy { !$0.contains("windows") && !$0.contains("macos") })
        }
    }

    @Test("are not made of what cannot work")
    func refusals() async throws {
        try await AgentsBench.with { bench in
            let none: JSONObject = ["include_windows": false, "include_linux": false, "include_macos": false]
            let cases: [(JSONObject, MegaraptorError.Code, String)] = [
                (none, .invalidArgument, "include_linux"),
                (["program_linux": try bench.macProgram()], .invalidArgument, "linux-amd64-musl"),
                (["program_windows": try bench.linuxProgram()], .invalidArgument, "windows-amd64.msi"),
                (["program_macos": try bench.macProgram(), "include_macos": false], .invalidArgument, "Leave one"),
                (["program_linux": "/nowhere/velociraptor"], .notFound, "download_velociraptor"),
                (["output_path": .string(bench.folder.path)], .conflict, "does not exist yet"),
            ]
            for (arguments, code, hint) in cases {
                let error = await bench.refusal(Self.tool, arguments)
                #expect(error?.code == code, "\(arguments)")
                #expect(error?.hint.contains(hint) == true, "\(error?.hint ?? "")")
            }
        }
    }
}

extension Data {
    fileprivate var holdsNonce: Bool { range(of: Data(AgentsBench.nonce.utf8)) != nil }
}
