// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// What the role can be told, and what is pinned in it.
struct RoleVariables: Sendable {
    let request: AnsibleRequest

    /// Any inventory may say otherwise.
    var defaults: String {
        """
        ---
        # The text of client.config.yaml. Secret: see group_vars/all/velociraptor.yml.
        velociraptor_agent_config_text: "{{ velociraptor_client_config }}"

        # Off, files are laid and no service is touched: for images, and for trying the role out.
        velociraptor_agent_manage_service: true

        # remove_agents.yml: also remove the agent's key. Installed again, the machine is a new client then.
        velociraptor_agent_wipe: false

        velociraptor_agent_system: "{{ ansible_facts['system'] }}"
        velociraptor_agent_architecture: "{{ ansible_facts['architecture2'] | default(ansible_facts['architecture']) }}"

        """ + (request.platforms == [.windows] ? "" : Self.unix) + release
            + request.platforms.map { "\n# \($0.title)\n" + source($0) + Self.paths($0) }.joined()
    }

    /// An inventory cannot change these.
    var pinned: String {
        "---\n# What this role was made with.\n"
            + request.platforms.map { platform in
                let name = "velociraptor_agent_\(platform.rawValue)"
                let list = platform.architectures(of: request.programs[platform]?.architecture)
                var lines = ["\(name)_architectures:"] + list.map { "  - \($0)" }
                if let program = request.programs[platform], let file = request.fileName(platform) {
                    lines += ["\(name)_file: \(file)", "\(name)_sha256: \(program.sha256)"]
                }
                return lines.map { $0 + "\n" }.joined()
            }.joined()
    }

    private static let unix = """

        velociraptor_agent_become: true
        velociraptor_agent_owner: root

        """

    /// What the addresses of its files begin with.
    private var release: String {
        guard request.platforms.contains(where: { request.programs[$0] == nil }) else { return "" }
        let version = request.release
        return """

            # The vendor's release that machines fetch, or the same files elsewhere.
            velociraptor_agent_release: \(ReleaseAsset.vendor)/\(version.releaseTag)/velociraptor-v\(version)

            """
    }

    private func source(_ platform: AgentSystem) -> String {
        let name = "velociraptor_agent_\(platform.rawValue)"
        guard request.programs[platform] == nil else { return "" }
        return """
            # Fetched by the machines, and only with its sum: the vendor's page of downloads tells it. Where machines have
            # different processors, set both for each group.
            \(name)_file: ""
            \(name)_url: "{{ velociraptor_agent_release }}-\(platform.releaseName)"
            \(name)_sha256: ""

            """
    }

    private static func paths(_ platform: AgentSystem) -> String {
        switch platform {
        case .linux:
            """
            velociraptor_agent_linux_group: root
            velociraptor_agent_linux_service: \(LinuxAgent.service)
            velociraptor_agent_linux_service_manager: "{{ ansible_facts['service_mgr'] }}"
            velociraptor_agent_linux_program: \(LinuxAgent.program)
            velociraptor_agent_linux_config: \(LinuxAgent.config)
            velociraptor_agent_linux_unit: \(LinuxAgent.unitPath)
            velociraptor_agent_linux_openrc: \(LinuxAgent.openRCPath)
            velociraptor_agent_linux_own_files:

            """ + LinuxAgent.ownFiles.map { "  - \($0)\n" }.joined()
        case .windows:
            """
            velociraptor_agent_windows_service: \(WindowsBundle.service)
            velociraptor_agent_windows_folder: \(WindowsBundle.folder)
            velociraptor_agent_windows_config: \(WindowsBundle.config)
            # Only administrators write below Program Files, so nobody can put another MSI there.
            velociraptor_agent_windows_staging: \(WindowsBundle.folder) Setup

            """
        case .macos:
            """
            velociraptor_agent_macos_group: wheel
            velociraptor_agent_macos_label: \(MacBundle.label)
            velociraptor_agent_macos_program: \(MacBundle.program)
            velociraptor_agent_macos_config: \(MacBundle.config)
            velociraptor_agent_macos_plist: \(MacBundle.plistPath)
            velociraptor_agent_macos_own_files:

            """ + MacBundle.ownFiles.map { "  - \($0)\n" }.joined()
        }
    }
}
