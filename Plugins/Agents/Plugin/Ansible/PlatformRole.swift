// SPDX-License-Identifier: Apache-2.0

/// The parts of the role that are one system's own.
struct PlatformRole: Sendable {
    let tasks: String
    let verification: String
    let removal: String
    let handlers: String
    /// By the names that ``tasks`` call them.
    let templates: [String: String]

    /// The head of each system's tasks: the sum is checked before anything else.
    static func sourceCheck(_ platform: AgentSystem) -> String {
        let name = "velociraptor_agent_\(platform.rawValue)"
        return """
            ---
            - name: Check the program for \(platform.title)
              ansible.builtin.include_tasks:
                file: program.yml
              vars:
                velociraptor_agent_source:
                  name: \(name)
                  file: "{{ \(name)_file }}"
                  sha256: "{{ \(name)_sha256 }}"
                  architectures: "{{ \(name)_architectures }}"


            """
    }

    /// The program and the configuration of a Unix: the one executable, the other its owner's alone.
    static func files(_ platform: AgentSystem, restart: String) -> String {
        let name = "velociraptor_agent_\(platform.rawValue)"
        return """
            - name: Look for the folders of the agent
              ansible.builtin.stat:
                path: "{{ item }}"
              loop:
                - "{{ \(name)_program | dirname }}"
                - "{{ \(name)_config | dirname }}"
              register: velociraptor_agent_folders

            # One that is there keeps its mode: others use it too.
            - name: Make the folders of the agent
              ansible.builtin.file:
                path: "{{ item.item }}"
                state: directory
                owner: "{{ velociraptor_agent_owner }}"
                group: "{{ \(name)_group }}"
                mode: "0755"
              loop: "{{ velociraptor_agent_folders.results }}"
              loop_control:
                label: "{{ item.item }}"
              when: not item.stat.exists

            - name: Copy the program
              ansible.builtin.copy:
                src: "{{ \(name)_file }}"
                dest: "{{ \(name)_program }}"
                owner: "{{ velociraptor_agent_owner }}"
                group: "{{ \(name)_group }}"
                mode: "0755"
              when: \(name)_file | length > 0
              notify: \(restart)

            - name: Fetch the program
              ansible.builtin.get_url:
                url: "{{ \(name)_url }}"
                checksum: "sha256:{{ \(name)_sha256 }}"
                dest: "{{ \(name)_program }}"
                owner: "{{ velociraptor_agent_owner }}"
                group: "{{ \(name)_group }}"
                mode: "0755"
              when: \(name)_file | length == 0
              notify: \(restart)

            - name: Lay the configuration
              ansible.builtin.copy:
                content: "{{ velociraptor_agent_config_text }}"
                dest: "{{ \(name)_config }}"
                owner: "{{ velociraptor_agent_owner }}"
                group: "{{ \(name)_group }}"
                mode: "0600"
              no_log: true
              notify: \(restart)


            """
    }

    /// That what lies on a Unix is what was meant.
    static func fileVerification(_ platform: AgentSystem) -> String {
        let name = "velociraptor_agent_\(platform.rawValue)"
        return """
            ---
            - name: Look at the agent's files
              ansible.builtin.stat:
                path: "{{ item }}"
                checksum_algorithm: sha256
              loop:
                - "{{ \(name)_program }}"
                - "{{ \(name)_config }}"
              register: velociraptor_agent_files

            - name: Require the right program and a protected configuration
              ansible.builtin.assert:
                that:
                  - velociraptor_agent_files.results[0].stat.checksum == \(name)_sha256 | lower
                  - velociraptor_agent_files.results[1].stat.mode == '0600'
                fail_msg: The agent's program is not the one of this role, or others may read its configuration.
                quiet: true
              when: not ansible_check_mode


            """
    }
}

extension AgentSystem {
    var role: PlatformRole {
        switch self {
        case .linux: .linux
        case .windows: .windows
        case .macos: .macos
        }
    }
}
