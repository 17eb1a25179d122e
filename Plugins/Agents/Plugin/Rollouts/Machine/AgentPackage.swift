// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import SSHTransport

/// The package that brought an agent's program onto a machine: its manager would go on taking it for installed.
struct AgentPackage: Sendable, Hashable {
    enum Manager: String, Sendable {
        case dpkg, rpm
    }

    let manager: Manager
    let name: String

    /// - Parameter fact: as ``question(of:)`` says it.
    init?(fact: String) {
        let words = fact.split(separator: " ")
        guard words.count == 2, let manager = Manager(rawValue: String(words[0])) else { return nil }
        self.manager = manager
        name = String(words[1])
    }

    /// As it is told.
    var description: String { "package \(name)" }

    /// Says to which package a file belongs, where it does to one. Needs the shell's function `say`.
    static func question(of path: String) throws(MegaraptorError) -> String {
        let path = try ShellWord.quoted(path)
        return """
            if owner=$(dpkg-query -S \(path) 2>/dev/null); then say package "dpkg ${owner%%:*}"
            elif owner=$(rpm -qf --qf '%{NAME}' \(path) 2>/dev/null); then say package "rpm $owner"
            fi
            """
    }

    /// Takes it away; needs root's shell.
    ///
    /// dpkg remembers configurations that are its own beyond a removal, and does not lay them again where somebody has
    /// deleted one: then the next installation would be an agent without any. Such a package is purged. One of ours has
    /// none, and its purging would take the agent's key.
    ///
    /// - Parameter wipes: whether that is to go as well.
    func removal(wipes: Bool) throws(MegaraptorError) -> String {
        let name = try ShellWord.quoted(name)
        switch (manager, wipes) {
        case (.rpm, _): return "rpm --erase -- \(name)"
        case (.dpkg, true): return "DEBIAN_FRONTEND=noninteractive dpkg --purge -- \(name)"
        case (.dpkg, false):
            return """
                set -e
                export DEBIAN_FRONTEND=noninteractive
                dpkg --remove -- \(name)
                if [ -n "$(dpkg-query -W -f '${Conffiles}' -- \(name) 2>/dev/null)" ]; then dpkg --purge -- \(name); fi
                """
        }
    }
}
