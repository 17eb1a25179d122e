// SPDX-License-Identifier: Apache-2.0

/// What calls the role, and what Ansible needs beside it.
struct Playbooks: Sendable {
    let request: AnsibleRequest

    static let group = "velociraptor_agents"

    static let deployment = """
        ---
        - name: Enrol machines with the Velociraptor server
          hosts: \(group)
          gather_facts: true
          # A few at first: -e velociraptor_batch=10
          serial: "{{ velociraptor_batch | default('100%') }}"
          roles:
            - role: velociraptor_agent

        """

    static let removal = """
        ---
        - name: Remove the Velociraptor agent
          hosts: \(group)
          gather_facts: true
          tasks:
            - name: Remove the agent
              ansible.builtin.include_role:
                name: velociraptor_agent
                tasks_from: remove

        """

    /// Host keys and certificates stay checked: what is installed here runs as root.
    static let settings = """
        [defaults]
        inventory = inventory.yml
        roles_path = roles
        host_key_checking = True

        [ssh_connection]
        pipelining = True

        """

    /// The modules for Windows are no part of ansible-core.
    static let requirements = """
        ---
        collections:
          - name: ansible.windows
            version: ">=2.5.0,<4.0.0"

        """

    var inventory: String {
        """
        ---
        # Copy this to inventory.yml and put your machines in.
        \(Self.group):
          children:

        """ + request.platforms.map { Self.machines($0) }.joined()
    }

    private static func machines(_ platform: AgentSystem) -> String {
        let head = """
                \(platform.rawValue)_agents:
                  hosts:
                    \(platform.rawValue)-1.example.org:

            """
        guard platform == .windows else { return head }
        return head + """
                  vars:
                    ansible_connection: winrm
                    ansible_port: 5986
                    ansible_winrm_scheme: https
                    ansible_winrm_transport: kerberos
                    ansible_winrm_server_cert_validation: validate

            """
    }

    /// - Important: holds the nonce. `!unsafe` keeps Ansible from taking braces in it for templates.
    var secret: String {
        let lines = request.enrolment.clientConfig.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
        return """
            ---
            # With this anybody can enrol. Encrypt it before it goes anywhere: ansible-vault encrypt
            velociraptor_client_config: !unsafe |
            \(text)
            """
    }
}
