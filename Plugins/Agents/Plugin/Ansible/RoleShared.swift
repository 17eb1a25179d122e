// SPDX-License-Identifier: Apache-2.0

/// The parts of the role that are the same for all systems.
struct RoleShared: Sendable {
    let platforms: [AgentSystem]

    static let meta = """
        ---
        galaxy_info:
          role_name: velociraptor_agent
          namespace: megaraptor
          author: megaraptor-mcp
          description: Enrols machines with a Velociraptor server
          license: Apache-2.0
          min_ansible_version: "2.16"

        dependencies: []

        """

    var tasks: String {
        """
        ---
        - name: Refuse a machine that this role does not know
          ansible.builtin.assert:
            that:
              - velociraptor_agent_system in [\(facts)]
            fail_msg: "There is no agent for {{ velociraptor_agent_system }} in this role."
            quiet: true

        - name: Refuse to enrol without a configuration
          ansible.builtin.assert:
            that:
              - "'Client:' in velociraptor_agent_config_text"
            fail_msg: velociraptor_client_config must hold the text of client.config.yaml.
            quiet: true

        """ + platforms.map { Self.include($0, "\($0.rawValue).yml", "Install the agent on \($0.title)") }.joined()
    }

    var removal: String {
        "---\n"
            + platforms.map { Self.include($0, "remove_\($0.rawValue).yml", "Remove the agent from \($0.title)") }
            .joined().dropFirst()
    }

    var handlers: String { "---\n" + platforms.map(\.role.handlers).joined(separator: "\n") }

    private var facts: String { platforms.map { "'\($0.fact)'" }.joined(separator: ", ") }

    private static func include(_ platform: AgentSystem, _ file: String, _ name: String) -> String {
        // Windows has no `become` here: its account is an administrator already.
        let apply = platform == .windows ? "" : "    apply:\n      become: \"{{ velociraptor_agent_become }}\"\n"
        return """

            - name: \(name)
              ansible.builtin.include_tasks:
                file: \(file)
            \(apply)  when: velociraptor_agent_system == '\(platform.fact)'

            """
    }

    /// The program's sum, before anything is changed. Included with `velociraptor_agent_source`.
    static let program = """
        ---
        - name: Refuse a program without a sum
          ansible.builtin.assert:
            that:
              - velociraptor_agent_source.sha256 is match('^[0-9a-fA-F]{64}$')
            fail_msg: >-
              Set {{ velociraptor_agent_source.name }}_sha256 to the SHA-256 of the program at
              {{ velociraptor_agent_source.name }}_url: nothing is installed without it.
            quiet: true

        - name: Refuse a program for another processor
          ansible.builtin.assert:
            that:
              - velociraptor_agent_architecture in velociraptor_agent_source.architectures
            fail_msg: "The program is for {{ velociraptor_agent_source.architectures | join(' and ') }}."
            quiet: true

        - name: Look at the program that is copied
          ansible.builtin.stat:
            path: "{{ role_path }}/files/{{ velociraptor_agent_source.file }}"
            checksum_algorithm: sha256
          delegate_to: localhost
          become: false
          register: velociraptor_agent_copied
          when: velociraptor_agent_source.file | length > 0

        - name: Refuse a program that was changed
          ansible.builtin.assert:
            that:
              - velociraptor_agent_copied.stat.exists
              - velociraptor_agent_copied.stat.checksum == velociraptor_agent_source.sha256 | lower
            fail_msg: "{{ velociraptor_agent_source.file }} is not the file that this role was made with."
            quiet: true
          when: velociraptor_agent_source.file | length > 0

        """
}
