// SPDX-License-Identifier: Apache-2.0

extension PlatformRole {
    static let linux = PlatformRole(
        tasks: sourceCheck(.linux) + linuxCheck + files(.linux, restart: restart) + linuxService,
        verification: fileVerification(.linux) + linuxVerification,
        removal: linuxRemoval,
        handlers: linuxHandlers,
        templates: [
            "velociraptor_client.service.j2": withVariables(LinuxAgent.unit),
            "velociraptor_client.openrc.j2": withVariables(LinuxAgent.openRC),
        ]
    )

    private static let restart = "Restart the agent on Linux"

    /// As the packages have it, with paths that a playbook can change.
    private static func withVariables(_ text: String) -> String {
        text.replacing(LinuxAgent.program, with: "{{ velociraptor_agent_linux_program }}")
            .replacing(LinuxAgent.config, with: "{{ velociraptor_agent_linux_config }}")
    }

    private static let linuxCheck = """
        - name: Refuse a machine whose services nobody can start
          ansible.builtin.assert:
            that:
              - velociraptor_agent_linux_service_manager in ['systemd', 'openrc']
            fail_msg: "The agent needs systemd or OpenRC, and not {{ velociraptor_agent_linux_service_manager }}."
            quiet: true
          when: velociraptor_agent_manage_service


        """

    private static let linuxService = """
        - name: Write the unit for systemd
          ansible.builtin.template:
            src: velociraptor_client.service.j2
            dest: "{{ velociraptor_agent_linux_unit }}"
            owner: "{{ velociraptor_agent_owner }}"
            group: "{{ velociraptor_agent_linux_group }}"
            mode: "0644"
          when: velociraptor_agent_linux_service_manager == 'systemd'
          notify:
            - Read the units again
            - \(restart)

        - name: Write the script for OpenRC
          ansible.builtin.template:
            src: velociraptor_client.openrc.j2
            dest: "{{ velociraptor_agent_linux_openrc }}"
            owner: "{{ velociraptor_agent_owner }}"
            group: "{{ velociraptor_agent_linux_group }}"
            mode: "0755"
          when: velociraptor_agent_linux_service_manager == 'openrc'
          notify: \(restart)

        # Before the service is enabled, so that a new one is not started twice.
        - name: Restart what has changed
          ansible.builtin.meta: flush_handlers

        - name: Enable the service
          ansible.builtin.service:
            name: "{{ velociraptor_agent_linux_service }}"
            enabled: true
            state: started
          when: velociraptor_agent_manage_service

        - name: Verify the agent
          ansible.builtin.import_tasks:
            file: verify_linux.yml

        """

    private static let linuxVerification = """
        - name: Ask which services run
          ansible.builtin.service_facts:
          when: velociraptor_agent_manage_service

        - name: Require the service to run
          ansible.builtin.assert:
            that:
              - velociraptor_agent_linux_state in ['running', 'started']
            fail_msg: "The service {{ velociraptor_agent_linux_service }} is {{ velociraptor_agent_linux_state }}."
            quiet: true
          vars:
            # systemd's services have a suffix, those of OpenRC none.
            velociraptor_agent_linux_state: >-
              {{ (ansible_facts['services'][velociraptor_agent_linux_service + '.service']
              | default(ansible_facts['services'][velociraptor_agent_linux_service]
              | default({}))).state | default('not there') }}
          when:
            - velociraptor_agent_manage_service
            - not ansible_check_mode

        """

    private static let linuxHandlers = """
        - name: Read the units again
          ansible.builtin.systemd_service:
            daemon_reload: true
          become: "{{ velociraptor_agent_become }}"
          when:
            - velociraptor_agent_manage_service
            - velociraptor_agent_linux_service_manager == 'systemd'

        - name: \(restart)
          ansible.builtin.service:
            name: "{{ velociraptor_agent_linux_service }}"
            state: restarted
          become: "{{ velociraptor_agent_become }}"
          when: velociraptor_agent_manage_service

        """
}
