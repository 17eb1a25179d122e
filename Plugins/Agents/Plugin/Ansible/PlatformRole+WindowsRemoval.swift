// SPDX-License-Identifier: Apache-2.0

extension PlatformRole {
    /// What is installed is asked of the registry: asking `Win32_Product` would repair every MSI of the machine.
    static let windowsRemoval = #"""
        ---
        - name: Look for the installation
          ansible.windows.win_powershell:
            script: |
              $Ansible.Changed = $false
              $keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*',
                  'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
              Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
                  Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq 'Velociraptor' } |
                  Where-Object { $_.PSChildName -match '^\{[0-9A-Fa-f-]+\}$' } |
                  ForEach-Object { $_.PSChildName }
          register: velociraptor_agent_windows_products

        - name: Remove the MSI
          ansible.windows.win_package:
            product_id: "{{ item }}"
            state: absent
          loop: "{{ velociraptor_agent_windows_products.output }}"

        - name: Remove the configuration and the copy of the MSI
          ansible.windows.win_file:
            path: "{{ item }}"
            state: absent
          loop:
            - "{{ velociraptor_agent_windows_config }}"
            - "{{ velociraptor_agent_windows_staging }}"

        - name: Remove the agent's own files
          ansible.windows.win_file:
            path: "{{ velociraptor_agent_windows_folder }}"
            state: absent
          when: velociraptor_agent_wipe

        """#
}
