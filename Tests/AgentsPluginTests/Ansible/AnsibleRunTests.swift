// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import Testing

@Suite("Ansible's playbooks, run on this machine")
struct AnsibleRunTests {
    static let tool = "generate_ansible_playbook"
    private static let deploy = "deploy_agents.yml"

    /// For Linux on this machine's own processor.
    private func linux(_ bench: AgentsBench) async throws -> String {
        let program = bench.folder.appending(path: "velociraptor-v0.77.2-linux-amd64-musl").path
        let made = try await bench.call(Self.tool, ["program_linux": .string(program)])
        return try #require(made["folder"]?.stringValue)
    }

    /// - Returns: by which the variables are read from now on.
    private func encrypted(_ folder: String, _ bench: AgentsBench) throws -> [String] {
        let secret = "\(folder)/group_vars/all/velociraptor.yml"
        #expect(try bench.mode(secret) == 0o600)
        let password = bench.folder.appending(path: "vault-password").path
        try Data("open sesame\n".utf8).write(to: URL(filePath: password))
        let words = ["--vault-password-file", password]
        #expect(try AnsibleTool.run("ansible-vault", ["encrypt"] + words + [secret], in: folder).status == 0)
        #expect(try bench.text(secret).hasPrefix("$ANSIBLE_VAULT;"))
        return words
    }

    @Test(
        "with the variables encrypted install, repair what was changed and nothing else, and remove",
        arguments: ["systemd", "openrc"]
    )
    func linux(manager: String) async throws {
        try await AgentsBench.with { bench in
            let folder = try await linux(bench)
            let vault = try encrypted(folder, bench)
            let variables = ["velociraptor_agent_linux_service_manager": manager]
            let run = try AnsibleRun(folder, bench: bench, variables: variables)
            let outcome = try run(Self.deploy, ["-vvvv", "--diff"] + vault)
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(!outcome.output.contains(AgentsBench.nonce), "it is shown to nobody")
            let config = "\(run.root)/etc/velociraptor/client.config.yaml"
            #expect(try bench.mode(config) == 0o600)
            #expect(try bench.text(config).hasPrefix("Client:\n  server_urls: "))
            #expect(try bench.text(config).contains("\n  nonce: \"\(AgentsBench.nonce)\"\n"))
            #expect(try bench.text(config).hasSuffix("\n  labels: [\"ansible-deployed\"]\n"))
            #expect(try bench.mode("\(run.root)/usr/local/bin/velociraptor_client") == 0o755)
            let isSystemd = manager == "systemd"
            let unit = isSystemd ? "etc/systemd/system/velociraptor_client.service" : "etc/init.d/velociraptor_client"
            #expect(try bench.text("\(run.root)/\(unit)").contains("--config \(config) client --quiet"))
            #expect(try bench.mode("\(run.root)/\(unit)") == (isSystemd ? 0o644 : 0o755))

            guard isSystemd else { return }
            #expect(try run(Self.deploy).status != 0, "without the password there is no configuration")

            // Nothing else is done again.
            try Data("nothing".utf8).write(to: URL(filePath: config))
            try run.expect(Self.deploy, changes: 1...1, vault)
            #expect(try bench.text(config).contains(AgentsBench.nonce))

            let key = "\(run.root)/etc/velociraptor.writeback.yaml"
            try Data("key".utf8).write(to: URL(filePath: key))
            try run.expect("remove_agents.yml", changes: 1...1, vault)
            #expect(try Golden.files(run.root) == ["etc/velociraptor.writeback.yaml"])
            let wiping = ["--extra-vars", "{\"velociraptor_agent_wipe\": true}"]
            try run.expect("remove_agents.yml", changes: 1...1, wiping + vault)
            #expect(try Golden.files(run.root).isEmpty)
        }
    }

    @Test("install nothing that was changed, or whose sum nobody gave")
    func sums() async throws {
        try await AgentsBench.with { bench in
            let folder = try await linux(bench)
            let files = "\(folder)/roles/velociraptor_agent/files"
            let program = try #require(try Golden.files(files).first)
            try Data("other".utf8).write(to: URL(filePath: "\(files)/\(program)"))
            let changed = try AnsibleRun(folder, bench: bench)
            let outcome = try changed(Self.deploy)
            #expect(outcome.status != 0 && outcome.output.contains("is not the file that this role was made with"))
            #expect(try Golden.files(changed.root).isEmpty)

            let fetching = try await bench.call(Self.tool, ["include_windows": false])
            let second = try #require(fetching["folder"]?.stringValue)
            let bare = try AnsibleRun(second, bench: bench)
            let refused = try bare(Self.deploy)
            #expect(refused.status != 0 && refused.output.contains("Set velociraptor_agent_linux_sha256"))
            #expect(try Golden.files(bare.root).isEmpty)
        }
    }

    @Test("fetch what has the sum that the inventory tells, and nothing else")
    func fetched() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool)
            let folder = try #require(made["folder"]?.stringValue)
            let program = bench.folder.appending(path: "velociraptor-v0.77.2-linux-amd64-musl").path
            let sum = try Command.run("sha256sum", program).output.prefix(64)
            var variables = [
                "velociraptor_agent_linux_url": "file://\(program)", "velociraptor_agent_linux_sha256": String(sum),
            ]
            let run = try AnsibleRun(folder, bench: bench, variables: variables)
            try run.expect(Self.deploy, changes: 4...6)
            try run.expect(Self.deploy, changes: 0...0)
            #expect(try bench.mode("\(run.root)/usr/local/bin/velociraptor_client") == 0o755)

            variables["velociraptor_agent_linux_sha256"] = String(repeating: "a", count: 64)
            let other = try AnsibleRun(folder, bench: bench, variables: variables)
            #expect(try other(Self.deploy).status != 0)
            #expect(try Golden.files(other.root).isEmpty)
        }
    }
}
