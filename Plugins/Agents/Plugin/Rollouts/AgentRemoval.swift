// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors
import SSHTransport

/// Takes a deployment's agent off a machine.
struct AgentRemoval: Sendable {
    let deployment: String
    let identity: AgentIdentity
    /// Whether the agent's own key goes, too: installed again, the machine is a new client.
    let wipes: Bool
    /// Whether it is done, and not only shown.
    let isConfirmed: Bool
    let stop: StopFlag

    init(
        _ enrolment: Enrolment,
        wipes: Bool,
        isConfirmed: Bool,
        stop: StopFlag
    ) throws(MegaraptorError) {
        identity = try AgentIdentity(enrolment)
        deployment = enrolment.deploymentID
        self.wipes = wipes
        self.isConfirmed = isConfirmed
        self.stop = stop
    }

    /// - Parameter host: gets told what was done, step by step, so that it is right wherever this ends.
    func callAsFunction(_ host: inout HostRecord, on machine: AgentMachine) async throws(MegaraptorError) {
        let (layout, root) = (machine.layout, machine.root)
        try stop.check(before: "looking for an agent")
        let facts = try await AgentFacts(layout, root)
        guard !facts.present(layout.files).isEmpty else {
            host.status = .unchanged
            let keys = facts.present(layout.ownFiles)
            host.reason =
                "No agent is installed."
                + (keys.isEmpty
                    ? "" : " A former one's \(keys.joined(separator: ", ")) stays: nothing says whose it was.")
            return
        }
        try refuseForeign(facts, machine)
        let going = facts.present([layout.serviceFile, layout.program] + (wipes ? layout.ownFiles : []))
        guard isConfirmed else {
            host.status = .wouldRemove
            host.changes = [layout.serviceName] + going + [layout.config]
            return
        }
        try stop.check(before: "ending the service")
        try await root.run("ending the agent", Script(layout.end))
        host.changes.append(layout.serviceName)
        try stop.check(before: "removing files")
        try await root.run("removing the agent", Script(try removal(going, layout)))
        host.changes += going + [layout.config]
        host.status = .removed
    }

    /// The configuration goes last: it says whose the others are. What an interrupted writing left goes, too.
    private func removal(_ paths: [String], _ layout: AgentLayout) throws(MegaraptorError) -> String {
        let drafts = layout.files.map(RootShell.draft)
        var script = "set -e\nrm -f -- \(try ShellWord.line(paths + drafts))\n\(layout.forget)\n"
        script += "rm -f -- \(try ShellWord.quoted(layout.config))"
        if let folder = layout.configFolder {
            // Others may keep something there.
            script += "\nrmdir -- \(try ShellWord.quoted(folder)) 2>/dev/null || true"
        }
        return script
    }

    private func refuseForeign(_ facts: AgentFacts, _ machine: AgentMachine) throws(MegaraptorError) {
        if let found = facts.identity, found.isSame(identity) { return }
        throw MegaraptorError(
            .conflict,
            facts.digest(machine.layout.config) == nil
                ? "On \(machine.name) an agent has no configuration, so nothing says whose it is. It was left as it is."
                : "\(machine.name) has an agent of another server than \(deployment)'s. It was left as it is.",
            hint: "Ask for its removal with its own deployment's id, or remove it by hand if nobody needs it."
        )
    }
}
