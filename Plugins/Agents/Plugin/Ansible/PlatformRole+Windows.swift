// SPDX-License-Identifier: Apache-2.0

extension PlatformRole {
    static let windows = PlatformRole(
        tasks: sourceCheck(.windows) + windowsTasks,
        verification: windowsVerification,
        removal: windowsRemoval,
        handlers: windowsHandlers,
        templates: [:]
    )

    private static let restart = "Restart the agent on Windows"

    private static let windowsTasks = #"""
        - name: Make a folder for the MSI
          ansible.windows.win_file:
            path: "{{ velociraptor_agent_windows_staging }}"
            state: directory

        - name: Copy the MSI
          ansible.windows.win_copy:
            src: "{{ velociraptor_agent_windows_file }}"
            dest: "{{ velociraptor_agent_windows_staging }}\\velociraptor.msi"
          when: velociraptor_agent_windows_file | length > 0

        - name: Fetch the MSI
          ansible.windows.win_get_url:
            url: "{{ velociraptor_agent_windows_url }}"
            checksum: "{{ velociraptor_agent_windows_sha256 }}"
            checksum_algorithm: sha256
            dest: "{{ velociraptor_agent_windows_staging }}\\velociraptor.msi"
          when: velociraptor_agent_windows_file | length == 0

        - name: Install the MSI
          ansible.windows.win_package:
            path: "{{ velociraptor_agent_windows_staging }}\\velociraptor.msi"
            checksum: "{{ velociraptor_agent_windows_sha256 }}"
            checksum_algorithm: sha256
            state: present
          notify: \#(restart)

        # The MSI has laid a placeholder there, which is protected before the secret goes in: with it anybody can enrol.
        - name: Let the system and administrators have the configuration
          ansible.windows.win_acl:
            path: "{{ velociraptor_agent_windows_config }}"
            user: "{{ item }}"
            rights: FullControl
            type: allow
            state: present
          loop:
            - S-1-5-18
            - S-1-5-32-544

        - name: Let nobody else have it
          ansible.windows.win_acl_inheritance:
            path: "{{ velociraptor_agent_windows_config }}"
            state: absent
            reorganize: false

        - name: Lay the configuration
          ansible.windows.win_copy:
            content: "{{ velociraptor_agent_config_text }}"
            dest: "{{ velociraptor_agent_windows_config }}"
          no_log: true
          notify: \#(restart)

        - name: Restart what has changed
          ansible.builtin.meta: flush_handlers

        - name: Start the service
          ansible.windows.win_service:
            name: "{{ velociraptor_agent_windows_service }}"
            start_mode: delayed
            state: started
          when: velociraptor_agent_manage_service

        - name: Verify the agent
          ansible.builtin.import_tasks:
            file: verify_windows.yml

        """#

    private static let windowsVerification = #"""
        ---
        - name: Look who may read the configuration
          ansible.windows.win_powershell:
            script: |
              param([string]$Path)
              $Ansible.Changed = $false
              $acl = Get-Acl -LiteralPath $Path
              $sids = $acl.GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier]) |
                  ForEach-Object { $_.IdentityReference.Value } | Sort-Object -Unique
              $sids -join ' '
            parameters:
              Path: "{{ velociraptor_agent_windows_config }}"
          register: velociraptor_agent_windows_readers
          when: not ansible_check_mode

        - name: Require it to be the system and administrators
          ansible.builtin.assert:
            that:
              - velociraptor_agent_windows_readers.output[0] == 'S-1-5-18 S-1-5-32-544'
            fail_msg: Others than the system and administrators may read the agent's configuration.
            quiet: true
          when: not ansible_check_mode

        - name: Ask for the service
          ansible.windows.win_service_info:
            name: "{{ velociraptor_agent_windows_service }}"
          register: velociraptor_agent_windows_state
          when: velociraptor_agent_manage_service

        - name: Require the service to run
          ansible.builtin.assert:
            that:
              - velociraptor_agent_windows_state.exists
              - velociraptor_agent_windows_state.services[0].state == 'started'
            fail_msg: "The service {{ velociraptor_agent_windows_service }} does not run."
            quiet: true
          when:
            - velociraptor_agent_manage_service
            - not ansible_check_mode

        """#

    private static let windowsHandlers = """
        - name: \(restart)
          ansible.windows.win_service:
            name: "{{ velociraptor_agent_windows_service }}"
            state: restarted
          when: velociraptor_agent_manage_service

        """
}
