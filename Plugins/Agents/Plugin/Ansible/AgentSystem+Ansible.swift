// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// What Ansible's role knows of each kind of machine.
extension AgentSystem {
    /// What Ansible's facts call it.
    var fact: String {
        switch self {
        case .linux: "Linux"
        case .windows: "Win32NT"
        case .macos: "Darwin"
        }
    }

    var title: String {
        switch self {
        case .linux: "Linux"
        case .windows: "Windows"
        case .macos: "macOS"
        }
    }

    var fittingPrograms: AgentProgram.System {
        switch self {
        case .linux: .linux
        case .windows: .windowsInstaller
        case .macos: .macos
        }
    }

    /// Of the vendor's releases, with the processor put in by Ansible.
    var releaseName: String {
        switch self {
        case .linux: "linux-{{ 'arm64' if velociraptor_agent_architecture == 'aarch64' else 'amd64-musl' }}"
        case .windows: "windows-amd64.msi"
        case .macos: "darwin-{{ 'arm64' if velociraptor_agent_architecture == 'arm64' else 'amd64' }}"
        }
    }

    /// What the facts call the processors that a program of this architecture runs on.
    func architectures(of program: String?) -> [String] {
        let arm = self == .linux ? "aarch64" : "arm64"
        switch program {
        case "amd64": return ["x86_64"]
        case "arm64": return [arm]
        case "386": return ["i386", "i686", "x86_64"]
        // An MSI does not say it, and a program for both kinds of Mac has no one answer.
        default: return self == .windows ? ["x86_64"] : ["x86_64", arm]
        }
    }
}
