// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// What a person does with an installer, step by step.
struct InstallerGuide: Sendable {
    let request: InstallerRequest
    let package: String?

    var steps: [String] {
        switch request.kind {
        case .deb:
            [
                "Copy \(name) to the machine.", "sudo apt-get install ./\(name)   (or: sudo dpkg -i \(name))",
                "systemctl status \(LinuxAgent.service)",
                "Remove: sudo apt-get remove \(LinuxAgent.package); purge also removes the agent's key, and with it its"
                    + " client id.",
            ]
        case .rpm:
            [
                "Copy \(name) to the machine.", "sudo rpm -U \(name)   (or: sudo dnf install ./\(name))",
                "systemctl status \(LinuxAgent.service)", "Remove: sudo rpm -e \(LinuxAgent.package)",
            ]
        case .msi:
            [
                "Copy \(name) to the machine.",
                "msiexec /i \(name) /qn /norestart /l*v install.log   (3010: restart later)",
                "Get-Service \(WindowsBundle.service)",
            ]
        case .bundle where request.system == .windows:
            [
                "Copy the whole folder to the machine.",
                "In an elevated PowerShell: powershell -ExecutionPolicy Bypass -File \(WindowsBundle.installScript)",
                "Remove: \(WindowsBundle.removeScript), with -Wipe for good.",
            ]
        case .bundle:
            [
                "Copy the whole folder to the Mac.", "sudo ./\(MacBundle.installScript)",
                "Grant Full Disk Access to \(MacBundle.program) by a profile of the device management.",
                "Remove: sudo ./\(MacBundle.removeScript), with --wipe for good.",
            ]
        }
    }

    private var name: String { package ?? "" }

    /// The same as a document.
    var text: String {
        let lines = steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
        return """
            # Velociraptor agent for \(request.system.rawValue)

            Deployment: \(request.enrolment.name) (\(request.enrolment.deploymentID))
            Server: \(request.enrolment.serverURL)
            Authority: SHA-256 \(request.enrolment.caFingerprint)
            Program: \(request.version), SHA-256 \(request.program.sha256)
            Labels: \(request.enrolment.labels.isEmpty ? "none" : request.enrolment.labels.joined(separator: ", "))

            The configuration in it lets anybody enrol with this server. Hand it on as you would a password.

            Check the files first: sha256sum --check \(ArtefactFolder.sums)

            \(lines.joined(separator: "\n"))

            Whether the agent has enrolled: check_agent_deployment, or "Search clients" in the server's GUI.
            The machine must reach \(request.enrolment.hostname) on port \(request.enrolment.frontendPort)/tcp.

            """
    }
}
