// SPDX-License-Identifier: Apache-2.0

extension PlatformRole {
    static let macos = PlatformRole(
        tasks: sourceCheck(.macos) + files(.macos, restart: restart) + macService,
        verification: fileVerification(.macos) + macVerification,
        removal: macRemoval,
        handlers: macHandlers,
        templates: [
            "com.velocidex.velociraptor.plist.j2":
                MacBundle.plist
                // The configuration's path begins with that of the program.
                .replacing(MacBundle.config, with: "{{ velociraptor_agent_macos_config }}")
                .replacing(MacBundle.program, with: "{{ velociraptor_agent_macos_program }}")
                .replacing(MacBundle.label, with: "{{ velociraptor_agent_macos_label }}")
        ]
    )

    private static let restart = "Restart the agent on macOS"

    private static let macService = """
        - name: Write the property list for launchd
          ansible.builtin.template:
            src: com.velocidex.velociraptor.plist.j2
            dest: "{{ velociraptor_agent_macos_plist }}"
            owner: "{{ velociraptor_agent_owner }}"
            group: "{{ velociraptor_agent_macos_group }}"
            mode: "0644"
          notify: \(restart)

        - name: Restart what has changed
          ansible.builtin.meta: flush_handlers

        - name: Ask launchd for the agent
          ansible.builtin.command:
            argv: [launchctl, print, "system/{{ velociraptor_agent_macos_label }}"]
          register: velociraptor_agent_macos_loaded
          changed_when: false
          failed_when: false
          when: velociraptor_agent_manage_service

        - name: Give the agent to launchd
          ansible.builtin.command:
            argv: [launchctl, bootstrap, system, "{{ velociraptor_agent_macos_plist }}"]
          changed_when: true
          when:
            - velociraptor_agent_manage_service
            - velociraptor_agent_macos_loaded.rc | default(0) != 0

        - name: Verify the agent
          ansible.builtin.import_tasks:
            file: verify_macos.yml

        """

    private static let macVerification = """
        - name: Require the agent to run
          ansible.builtin.command:
            argv: [launchctl, print, "system/{{ velociraptor_agent_macos_label }}"]
          register: velociraptor_agent_macos_state
          changed_when: false
          until: "'state = running' in velociraptor_agent_macos_state.stdout | default('')"
          retries: 10
          delay: 1
          when: velociraptor_agent_manage_service

        """

    /// launchd reads a property list again only when it is taken out and given anew; taking out is not over at once.
    private static let macHandlers = """
        - name: Take the agent out of launchd
          ansible.builtin.command:
            argv: [launchctl, bootout, "system/{{ velociraptor_agent_macos_label }}"]
          become: "{{ velociraptor_agent_become }}"
          listen: \(restart)
          changed_when: true
          failed_when: false
          when: velociraptor_agent_manage_service

        - name: Give the agent to launchd again
          ansible.builtin.command:
            argv: [launchctl, bootstrap, system, "{{ velociraptor_agent_macos_plist }}"]
          become: "{{ velociraptor_agent_become }}"
          listen: \(restart)
          register: velociraptor_agent_macos_given
          changed_when: true
          until: velociraptor_agent_macos_given is succeeded
          retries: 10
          delay: 1
          when: velociraptor_agent_manage_service

        """

    private static let macRemoval = """
        ---
        - name: Ask launchd for the agent
          ansible.builtin.command:
            argv: [launchctl, print, "system/{{ velociraptor_agent_macos_label }}"]
          register: velociraptor_agent_macos_loaded
          changed_when: false
          failed_when: false
          when: velociraptor_agent_manage_service

        - name: Take the agent out of launchd
          ansible.builtin.command:
            argv: [launchctl, bootout, "system/{{ velociraptor_agent_macos_label }}"]
          changed_when: true
          when:
            - velociraptor_agent_manage_service
            - velociraptor_agent_macos_loaded.rc | default(1) == 0

        - name: Remove the files
          ansible.builtin.file:
            path: "{{ item }}"
            state: absent
          loop:
            - "{{ velociraptor_agent_macos_plist }}"
            - "{{ velociraptor_agent_macos_program }}"
            - "{{ velociraptor_agent_macos_config }}"

        - name: Remove the agent's own files
          ansible.builtin.file:
            path: "{{ item }}"
            state: absent
          loop: "{{ velociraptor_agent_macos_own_files }}"
          when: velociraptor_agent_wipe

        """
}
