// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Machines
import MegaraptorErrors
import SSHTransport

/// A machine that was reached: what it is, where an agent lies on it, and root's shell there.
struct AgentMachine: Sendable {
    let kind: MachineKind
    let layout: AgentLayout
    let root: RootShell

    var name: String { root.machine.name }
}

/// How machines are reached for an agent's sake.
struct MachineReach: Sendable {
    let access: OpenedAccess
    /// What goes before all paths on a machine; see ``AgentLayout/root``.
    let folder: @Sendable (MachineTarget) -> String

    /// Reaches a machine for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - tag: see ``RootShell/tag``.
    ///   - fits: refuses a machine that is not meant, before anybody becomes root on it.
    func with<Value: Sendable>(
        _ target: MachineTarget,
        tag: String,
        fits: (MachineKind) throws(MegaraptorError) -> Void,
        _ body: (AgentMachine) async throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let machine = try await open(target)
        defer { machine.close() }
        let kind = try await MachineKind(looking: machine)
        try fits(kind)
        guard let supervisor = kind.supervisor else {
            throw MegaraptorError(
                .unsupported,
                "On \(machine.name) neither systemd nor OpenRC nor launchd runs services.",
                hint: "Start the agent there by hand: generate_agent_installer makes what it needs."
            )
        }
        let root = RootShell(
            machine: machine,
            elevation: try await Elevation.find(machine, password: access.sudoPassword),
            tag: tag,
            wayOn: "call again: only what differs is changed"
        )
        let layout = AgentLayout(supervisor: supervisor, root: folder(target))
        return try await body(AgentMachine(kind: kind, layout: layout, root: root))
    }

    /// What a rollout does on each of its machines.
    func work(
        fits: @escaping @Sendable (MachineKind) throws(MegaraptorError) -> Void,
        _ body: @escaping @Sendable (inout HostRecord, AgentMachine) async throws(MegaraptorError) -> Void
    ) -> RolloutRun.Work {
        { host, tag throws(MegaraptorError) in
            try await with(host.target, tag: tag, fits: fits) { machine throws(MegaraptorError) in
                host.hostname = machine.kind.hostname
                try await body(&host, machine)
            }
        }
    }

    private func open(_ target: MachineTarget) async throws(MegaraptorError) -> SSHMachine {
        do throws(MegaraptorError) {
            return try await SSHMachine(access.destination(target.host, port: target.port, user: target.user))
        } catch {
            guard error.details["fingerprint"] != nil else { throw error }
            // One fingerprint for all machines of a call would be wrong for all but one, so there is only the file.
            var other = error
            other.hint = """
                Compare the fingerprint with whoever runs the machine, then add the key to \
                \(access.hostKeys.knownHostsFile ?? "~/.ssh/known_hosts"): ssh-keyscan -p \(target.port) \(target.host).
                """
            throw other
        }
    }
}
