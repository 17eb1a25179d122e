// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors
import SSHTransport

/// What there is of an agent on a machine, found by scripts that change nothing.
struct AgentFacts: Sendable {
    private let facts: [String: String]
    /// Whose it is; `nil` where there is no configuration, or none that can be understood.
    let identity: AgentIdentity?
    let isActive: Bool
    let isEnabled: Bool
    /// What the program came with; `nil` where nobody manages it.
    let package: AgentPackage?

    init(_ layout: AgentLayout, _ root: RootShell) async throws(MegaraptorError) {
        let paths = try ShellWord.line(layout.files + layout.ownFiles)
        let script = """
            \(Script.say)
            \(Script.sum)
            \(layout.serviceState)
            for f in \(paths); do if [ -f "$f" ]; then say "file:$f" "$(sum < "$f")"; fi; done
            if active; then say active yes; fi
            if enabled; then say enabled yes; fi
            \(try AgentPackage.question(of: layout.program))
            true
            """
        facts = try await root.run("looking for an agent", Script(script)).facts
        isActive = facts["active"] != nil
        isEnabled = facts["enabled"] != nil
        package = facts["package"].flatMap { AgentPackage(fact: $0) }
        guard facts["file:\(layout.config)"] != nil else {
            identity = nil
            return
        }
        let reading = Script("cat \(try ShellWord.quoted(layout.config))")
        identity = AgentIdentity(config: try await root.run("reading \(layout.config)", reading).output)
    }

    /// SHA-256 of a file; `nil` where there is none.
    func digest(_ path: String) -> String? { facts["file:\(path)"] }

    /// Those of the paths that are there.
    func present(_ paths: [String]) -> [String] { paths.filter { digest($0) != nil } }
}
