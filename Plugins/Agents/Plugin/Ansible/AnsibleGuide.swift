// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// What a person does with the playbooks.
struct AnsibleGuide: Sendable {
    let request: AnsibleRequest

    var steps: [String] {
        var steps = ["ansible-vault encrypt \(AnsibleProject.secret)"]
        if hasWindows { steps.append("ansible-galaxy collection install -r requirements.yml") }
        return steps + missingSums + [
            "Copy inventory.example.yml to inventory.yml and put the machines in.",
            "ansible-playbook deploy_agents.yml --ask-vault-pass --limit ONE-MACHINE, then without --limit.",
            "check_agent_deployment with the labels \(request.enrolment.labels.joined(separator: ", ")).",
            "Remove: ansible-playbook remove_agents.yml; -e '{\"velociraptor_agent_wipe\": true}' for good.",
        ]
    }

    private var hasWindows: Bool { request.platforms.contains(.windows) }

    private var missingSums: [String] {
        request.platforms.filter { request.programs[$0] == nil }.map {
            "Set velociraptor_agent_\($0.rawValue)_sha256 (and _url, if it is to be another): the role fails without it."
        }
    }

    var document: Guide {
        Guide(title: "Velociraptor agents by Ansible", blocks: overview + preparation + running + facts)
    }

    private var overview: [Guide.Block] {
        let enrolment = request.enrolment
        return [
            .table(
                ["What", "Value"],
                [
                    ["Deployment", "`\(enrolment.name)` (`\(enrolment.deploymentID)`)"],
                    ["Server", "`\(enrolment.serverURL)`"],
                    ["Authority", "SHA-256 `\(enrolment.caFingerprint)`"],
                    ["Labels of these agents", "`\(enrolment.labels.joined(separator: ", "))`"],
                    ["Systems", "\(request.platforms.map(\.title).joined(separator: ", "))"],
                ]
            ),
            .paragraph(
                """
                The machines must reach `\(enrolment.hostname)` on port \(enrolment.frontendPort)/tcp, and nothing but \
                Ansible has to reach them.
                """
            ),
        ]
    }

    private var preparation: [Guide.Block] {
        var steps: [Prose] = [
            """
            `ansible-vault encrypt \(AnsibleProject.secret)`: whoever has that file can enrol. Encrypted, it can go into a \
            repository; as it is, it cannot.
            """
        ]
        if hasWindows {
            steps += [
                "`ansible-galaxy collection install -r requirements.yml`: the modules for Windows.",
                """
                `pip install pywinrm[kerberos]` beside Ansible. WinRM's certificates are checked: set \
                `ansible_winrm_ca_trust_path` where your own authority has signed them.
                """,
            ]
        }
        steps += [
            "Host keys are checked. Have them known before, from where you can trust; `ssh-keyscan` alone proves nothing.",
            "Copy `inventory.example.yml` to `inventory.yml` and put your machines in.",
        ]
        return [.heading("Before"), .steps(steps), .heading("Programs"), .points(request.platforms.map(program))]
    }

    private func program(_ platform: AgentSystem) -> Prose {
        let name = "velociraptor_agent_\(platform.rawValue)"
        if let program = request.programs[platform], let file = request.fileName(platform) {
            return """
                \(platform.title): `\(AnsibleProject.role)/files/\(file)` is copied. Its SHA-256 \
                `\(program.sha256)` is pinned in `\(AnsibleProject.role)/vars/main.yml`.\(slow(platform))
                """
        }
        return """
            \(platform.title): machines fetch `\(name)_url` themselves. Set `\(name)_sha256` in the inventory, with the \
            sum that the vendor's page of downloads shows: it is empty now, and the role fails without it.
            """
    }

    private func slow(_ platform: AgentSystem) -> String {
        guard platform == .windows else { return "" }
        return " Over WinRM that takes minutes for each machine; without program_windows each fetches it itself."
    }

    private var accounts: String {
        let unix = "For sudo with a password add --ask-become-pass."
        let windows = "On Windows the account itself has to be an administrator."
        return request.platforms == [.windows] ? windows : hasWindows ? "\(unix) \(windows)" : unix
    }

    private var running: [Guide.Block] {
        [
            .heading("Run"),
            .code(
                """
                ansible-playbook deploy_agents.yml --ask-vault-pass --limit ONE-MACHINE
                ansible-playbook deploy_agents.yml --ask-vault-pass -e velociraptor_batch=20
                """
            ),
            .points([
                "Run again it changes nothing, unless something differs. The service is restarted only then.",
                "\(accounts)",
                "`-e velociraptor_batch=20` takes that many machines at a time, and stops where all of them fail.",
                """
                Whether the agents have enrolled: `check_agent_deployment` with `deployment_id` \
                `\(request.enrolment.deploymentID)` and the labels above.
                """,
            ]),
            .heading("Remove"),
            .code(
                """
                ansible-playbook remove_agents.yml --ask-vault-pass
                ansible-playbook remove_agents.yml --ask-vault-pass -e '{"velociraptor_agent_wipe": true}'
                """
            ),
            .paragraph("After the first form the agent's key stays: installed again, the machine is the same client."),
        ]
    }

    private var facts: [Guide.Block] {
        let places: [AgentSystem: [Prose]] = [
            .linux: ["Linux", "`\(LinuxAgent.program)`", "`\(LinuxAgent.config)`", "`\(LinuxAgent.service)`"],
            .windows: [
                "Windows", "`\(WindowsBundle.folder)`", "`\(WindowsBundle.config)`", "`\(WindowsBundle.service)`",
            ],
            .macos: ["macOS", "`\(MacBundle.program)`", "`\(MacBundle.config)`", "`\(MacBundle.label)`"],
        ]
        var blocks: [Guide.Block] = [
            .heading("What lies where"),
            .table(["System", "Program", "Configuration", "Service"], request.platforms.compactMap { places[$0] }),
            .paragraph("All of it can be told otherwise: `\(AnsibleProject.role)/defaults/main.yml`."),
        ]
        if request.platforms.contains(.macos) {
            blocks.append(
                .paragraph(
                    """
                    macOS: grant `\(MacBundle.program)` Full Disk Access by a profile of the device management: no \
                    playbook can.
                    """
                )
            )
        }
        return blocks
    }
}
