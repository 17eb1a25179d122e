// SPDX-License-Identifier: Apache-2.0

extension PlatformRole {
    /// The folder of the configuration stays: a server of Velociraptor's on the same machine has its own in it.
    static let linuxRemoval = """
        ---
        - name: Look for the service
          ansible.builtin.stat:
            path: "{{ item }}"
          loop:
            - "{{ velociraptor_agent_linux_unit }}"
            - "{{ velociraptor_agent_linux_openrc }}"
          register: velociraptor_agent_services

        - name: Stop the service
          ansible.builtin.service:
            name: "{{ velociraptor_agent_linux_service }}"
            enabled: false
            state: stopped
          when:
            - velociraptor_agent_manage_service
            - velociraptor_agent_services.results | selectattr('stat.exists') | list | length > 0

        - name: Remove the files
          ansible.builtin.file:
            path: "{{ item }}"
            state: absent
          loop:
            - "{{ velociraptor_agent_linux_unit }}"
            - "{{ velociraptor_agent_linux_openrc }}"
            - "{{ velociraptor_agent_linux_program }}"
            - "{{ velociraptor_agent_linux_config }}"
          notify: Read the units again

        - name: Remove the agent's own files
          ansible.builtin.file:
            path: "{{ item }}"
            state: absent
          loop: "{{ velociraptor_agent_linux_own_files }}"
          when: velociraptor_agent_wipe

        """
}
