// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import Testing

/// A made project, run on this machine with everything below a folder of its own and no service touched.
struct AnsibleRun {
    let project: String
    let root: String
    let system: String
    let variables: [String: String]
    /// With programs that stand for those that services are managed with; without one, none is managed.
    var managers: String?

    /// - Parameters:
    ///   - system: as Ansible's facts call it. macOS's tasks differ from Linux's in the service only.
    ///   - variables: more of the role's own.
    init(_ project: String, bench: AgentsBench, system: String = "Linux", variables: [String: String] = [:]) throws {
        self.project = project
        self.system = system
        self.variables = variables
        root = bench.folder.appending(path: "root-\(UUID().uuidString.prefix(8))").path
        let folders = ["etc/systemd/system", "etc/init.d", "Library/LaunchDaemons"]
        for folder in folders {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        let inventory = """
            velociraptor_agents:
              hosts:
                localhost:
                  ansible_connection: local
                  ansible_python_interpreter: "{{ ansible_playbook_python }}"

            """
        try Data(inventory.utf8).write(to: URL(filePath: "\(project)/inventory.yml"))
    }

    func callAsFunction(_ playbook: String, _ more: [String] = []) throws -> Command.Outcome {
        let given = try JSONSerialization.data(withJSONObject: try allVariables())
        let words = [playbook, "--extra-vars", String(decoding: given, as: UTF8.self)] + more
        return try AnsibleTool.run("ansible-playbook", words, in: project, first: managers)
    }

    /// Requires it to end well, and to have changed as much.
    func expect(_ playbook: String, changes: ClosedRange<Int>, _ more: [String] = []) throws {
        let outcome = try self(playbook, more)
        #expect(outcome.status == 0, "\(outcome.output)")
        let count = outcome.output.firstMatch(of: /changed=(\d+)/).flatMap { Int($0.1) }
        #expect(changes.contains(try #require(count, "\(outcome.output)")), "\(outcome.output)")
    }

    private func allVariables() throws -> [String: Any] {
        let group = try Command.run("id", "-gn").output.trimmingCharacters(in: .whitespacesAndNewlines)
        var all: [String: Any] = [
            "velociraptor_agent_manage_service": managers != nil, "velociraptor_agent_become": false,
            "velociraptor_agent_owner": NSUserName(), "velociraptor_agent_system": system,
            "velociraptor_agent_linux_group": group, "velociraptor_agent_macos_group": group,
            "velociraptor_agent_linux_program": "\(root)/usr/local/bin/velociraptor_client",
            "velociraptor_agent_linux_config": "\(root)/etc/velociraptor/client.config.yaml",
            "velociraptor_agent_linux_unit": "\(root)/etc/systemd/system/velociraptor_client.service",
            "velociraptor_agent_linux_openrc": "\(root)/etc/init.d/velociraptor_client",
            "velociraptor_agent_linux_own_files": ["\(root)/etc/velociraptor.writeback.yaml"],
            "velociraptor_agent_linux_service_manager": "systemd",
            "velociraptor_agent_macos_program": "\(root)/usr/local/bin/velociraptor",
            "velociraptor_agent_macos_config": "\(root)/usr/local/bin/velociraptor.config.yaml",
            "velociraptor_agent_macos_plist": "\(root)/Library/LaunchDaemons/com.velocidex.velociraptor.plist",
            "velociraptor_agent_macos_own_files": ["\(root)/etc/velociraptor.writeback.yaml"],
        ]
        all.merge(variables) { $1 }
        return all
    }
}
