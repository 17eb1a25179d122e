// SPDX-License-Identifier: Apache-2.0

/// Where an agent lies on a machine, and who keeps it running there.
struct AgentLayout: Sendable {
    /// What starts services there.
    enum Supervisor: String, Sendable {
        case systemd
        case openRC = "openrc"
        case launchd
    }

    let supervisor: Supervisor
    /// Goes before every path; empty on real machines. Tests have several machines in the folders of one.
    let root: String

    private var isMac: Bool { supervisor == .launchd }

    var program: String { root + (isMac ? MacBundle.program : LinuxAgent.program) }
    var config: String { root + (isMac ? MacBundle.config : LinuxAgent.config) }
    /// Holds nothing else; on a Mac there is none.
    var configFolder: String? { isMac ? nil : root + LinuxAgent.configFolder }
    var ownFiles: [String] { LinuxAgent.ownFiles.map { root + $0 } }
    var owner: String { isMac ? "root:wheel" : "root:root" }
    var folders: [String] { [program, serviceFile].map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) } }

    var serviceFile: String {
        switch supervisor {
        case .systemd: root + LinuxAgent.unitPath
        case .openRC: root + LinuxAgent.openRCPath
        case .launchd: root + MacBundle.plistPath
        }
    }

    /// An init script is a program, the others are only read.
    var serviceMode: String { supervisor == .openRC ? "0755" : "0644" }

    var serviceText: String {
        let text =
            switch supervisor {
            case .systemd: LinuxAgent.unit
            case .openRC: LinuxAgent.openRC
            case .launchd: MacBundle.plist
            }
        return ["/usr/local/bin/", LinuxAgent.configFolder].reduce(text) { $0.replacing($1, with: root + $1) }
    }

    /// All that an installation puts there. The configuration is last: it says whose the others are, until they are gone.
    var files: [String] { [serviceFile, program, config] }
}
