// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import WinRM

extension AgentRemoval {
    /// - Parameter host: gets told what is gone, as seen afterwards, so that it is right wherever this ends.
    func callAsFunction(_ host: inout HostRecord, on machine: WindowsMachine) async throws(MegaraptorError) {
        try stop.check(before: "looking for an agent")
        let facts = try await WindowsFacts(looking: machine)
        host.hostname = facts.hostname
        try facts.requireAdministrator(machine)
        guard !facts.agentParts.isEmpty else {
            host.hasNoAgent(keys: facts.ownFiles)
            return
        }
        try refuseForeign(facts, machine)
        let parts = facts.agentParts + (wipes ? facts.ownFiles : [])
        guard isConfirmed else {
            host.wouldLose(parts)
            return
        }
        try stop.check(before: "removing the agent")
        try await machine.send(Array(WindowsBundle.removal.utf8), as: WindowsBundle.removeScript)
        let switches = wipes ? ["-Wipe"] : []
        let result = try await machine.run(file: WindowsBundle.removeScript, switches: switches, facts)
        let after = try await WindowsFacts(looking: machine)
        let left = after.agentParts + after.ownFiles
        host.changes = parts.filter { !left.contains($0) }
        _ = try await machine.run(.leave, ["waiting": .string(WindowsScript.waitingFolder)])
        guard result.isSuccess else { throw machine.failure("the removal", result, log: "velociraptor-remove.log") }
        guard host.changes == parts else {
            let rest = parts.filter(left.contains).joined(separator: ", ")
            throw MegaraptorError(
                .failedPrecondition,
                "On \(machine.name) the removal left \(rest).",
                hint: "A restart of the machine ends what holds it; then remove it again."
            )
        }
        host.status = .removed
    }

    /// Each configuration there says whose the agent is, but for one that speaks of none.
    private func refuseForeign(_ facts: WindowsFacts, _ machine: WindowsMachine) throws(MegaraptorError) {
        let configs = facts.configs.filter { !AgentIdentity.isNobodys($0) }
        guard !configs.isEmpty else { throw AgentIdentity.unclaimed(machine.name) }
        for config in configs {
            let found = AgentIdentity(config: String(decoding: config, as: UTF8.self))
            guard found?.isSame(identity) == true else { throw AgentIdentity.foreign(machine.name, deployment) }
        }
    }
}

extension WindowsFacts {
    fileprivate var configs: [[UInt8]] { [installerConfig, programConfig].compactMap(\.self) }

    /// The service by its name, and the files by their paths.
    fileprivate var agentParts: [String] {
        let folder = "\(programFiles)\\Velociraptor"
        let parts = [
            (hasService, WindowsBundle.service), (program != nil, "\(folder)\\Velociraptor.exe"),
            (installerConfig != nil, "\(folder)\\client.config.yaml"),
            (programConfig != nil, "\(folder)\\Velociraptor.config.yaml"),
        ]
        return parts.filter(\.0).map(\.1)
    }
}
