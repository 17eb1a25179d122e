// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors

/// What sort of machine it is, found out by a script that changes nothing and needs no rights.
struct MachineKind: Sendable {
    /// As `uname` has them.
    let system: String
    let architecture: String
    /// What the machine calls itself; `nil` for what is no name.
    let hostname: String?
    let supervisor: AgentLayout.Supervisor?

    init(looking machine: any Machine) async throws(MegaraptorError) {
        let result = try await machine.run(Script(Self.script))
        let facts = result.facts
        system = facts["system"] ?? ""
        architecture = facts["machine"] ?? ""
        supervisor = facts["supervisor"].flatMap(AgentLayout.Supervisor.init)
        let name = facts["hostname"] ?? ""
        let isName = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        hostname = isName ? name : nil
        guard !system.isEmpty else {
            throw MegaraptorError(
                .unsupported,
                "\(machine.name) does not say what system it has.",
                hint: "It must have a POSIX shell: Linux and macOS do.",
                cause: result.complaint.isEmpty ? nil : result.complaint
            )
        }
    }

    private static let script = """
        \(Script.say)
        say system "$(uname -s)"; say machine "$(uname -m)"; say hostname "$(hostname 2>/dev/null || uname -n)"
        s=; if command -v systemctl >/dev/null; then s=$(systemctl is-system-running 2>/dev/null); fi
        if [ "$(uname -s)" = Darwin ]; then say supervisor launchd
        elif [ -n "$s" ] && [ "$s" != offline ] && [ "$s" != unknown ]; then say supervisor systemd
        elif command -v rc-service >/dev/null; then say supervisor openrc
        fi
        true
        """

    var agentSystem: AgentSystem? {
        switch system {
        case "Linux": .linux
        case "Darwin": .macos
        default: nil
        }
    }

    /// As programs are called by; the machine's own word for what no program is called by.
    var processor: String {
        switch architecture {
        case "x86_64", "amd64": "amd64"
        case "aarch64", "arm64": "arm64"
        case "i386", "i486", "i586", "i686": "386"
        default: architecture
        }
    }
}
