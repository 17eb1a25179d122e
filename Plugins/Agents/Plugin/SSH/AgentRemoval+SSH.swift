// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors
import SSHTransport

extension AgentRemoval {
    /// - Parameter host: gets told what was done, step by step, so that it is right wherever this ends.
    func callAsFunction(_ host: inout HostRecord, on machine: AgentMachine) async throws(MegaraptorError) {
        let (layout, root) = (machine.layout, machine.root)
        try stop.check(before: "looking for an agent")
        let facts = try await AgentFacts(layout, root)
        guard !facts.present(layout.files).isEmpty else {
            host.hasNoAgent(keys: facts.present(layout.ownFiles))
            return
        }
        try refuseForeign(facts, machine)
        let going = facts.present([layout.serviceFile, layout.program] + (wipes ? layout.ownFiles : []))
        let package = facts.package
        guard isConfirmed else {
            host.wouldLose([layout.serviceName] + [package?.description].compactMap(\.self) + going + [layout.config])
            return
        }
        try stop.check(before: "ending the service")
        try await root.run("ending the agent", Script(layout.end))
        host.changes.append(layout.serviceName)
        if let package {
            try stop.check(before: "removing \(package.description)")
            try await root.run("removing \(package.description)", Script(try package.removal(wipes: wipes)))
            host.changes.append(package.description)
        }
        try stop.check(before: "removing files")
        try await root.run("removing the agent", Script(try removal(going, layout)))
        host.changes += going + [layout.config]
        host.status = .removed
    }

    /// The configuration goes last: it says whose the others are. What an interrupted writing left goes, too.
    private func removal(_ paths: [String], _ layout: AgentLayout) throws(MegaraptorError) -> String {
        // rpm keeps a configuration that was changed under another name, secret and all.
        let left = layout.files.map(RootShell.draft) + ["\(layout.config).rpmsave"]
        var script = "set -e\nrm -f -- \(try ShellWord.line(paths + left))\n\(layout.forget)\n"
        script += "rm -f -- \(try ShellWord.quoted(layout.config))"
        if let folder = layout.configFolder {
            // Others may keep something there.
            script += "\nrmdir -- \(try ShellWord.quoted(folder)) 2>/dev/null || true"
        }
        return script
    }

    private func refuseForeign(_ facts: AgentFacts, _ machine: AgentMachine) throws(MegaraptorError) {
        if let found = facts.identity, found.isSame(identity) { return }
        throw facts.digest(machine.layout.config) == nil
            ? AgentIdentity.unclaimed(machine.name) : AgentIdentity.foreign(machine.name, deployment)
    }
}
