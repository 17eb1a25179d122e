// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeploymentKit
import JSONValue
import Machines
import MegaraptorErrors
import SSHTransport

/// Brings an agent onto a machine, and changes only what differs from what is there.
struct AgentInstallation: Sendable {
    let deployment: String
    let system: AgentSystem
    let program: AgentProgram
    let config: [UInt8]
    let identity: AgentIdentity
    let stop: StopFlag

    init(
        _ enrolment: Enrolment,
        system: AgentSystem,
        program: AgentProgram,
        stop: StopFlag
    ) throws(MegaraptorError) {
        identity = try AgentIdentity(enrolment)
        deployment = enrolment.deploymentID
        self.system = system
        self.program = program
        config = Array(enrolment.clientConfig.utf8)
        self.stop = stop
    }

    /// Refuses a machine of another system or processor.
    func check(_ kind: MachineKind) throws(MegaraptorError) {
        guard kind.agentSystem == system else {
            throw MegaraptorError(
                .failedPrecondition,
                "The machine has \(kind.system), and the rollout is for \(system.rawValue). Nothing was changed there.",
                hint: "Roll out to machines of another system in a call of their own, with target_os and their program."
            )
        }
        guard kind.processor == program.architecture else {
            throw MegaraptorError(
                .failedPrecondition,
                "The machine has the processor \(kind.architecture), and \(program.path) is for "
                    + "\(program.architecture ?? "none that it tells"). Nothing was changed there.",
                hint: "Give the program for it in a call of its own: download_velociraptor stores \(platforms)."
            )
        }
    }

    private var platforms: String {
        system == .macos ? "darwin-arm64 and darwin-amd64" : "linux-amd64-musl and linux-arm64"
    }

    /// - Parameter host: gets told what was done, step by step, so that it is right wherever this ends.
    func callAsFunction(_ host: inout HostRecord, on machine: AgentMachine) async throws(MegaraptorError) {
        let (layout, root) = (machine.layout, machine.root)
        try stop.check(before: "looking for an agent")
        let facts = try await AgentFacts(layout, root)
        try refuseForeign(facts, machine)
        let wasThere = facts.digest(layout.program) != nil

        let sum = Hexadecimal.encode(try SHA256.digest(config))
        if facts.digest(layout.config) != sum {
            try stop.check(before: "writing the configuration")
            try await makeFolders(machine)
            try await root.put(config, at: layout.config, owner: layout.owner, mode: "0600")
            host.changes.append("configuration")
        }
        if facts.digest(layout.program) != program.sha256 {
            try stop.check(before: "sending the program")
            try await root.put(
                file: program.path,
                sha256: program.sha256,
                at: layout.program,
                owner: layout.owner,
                mode: "0755",
                progress: { _, _ in }
            )
            host.changes.append("program")
        }
        let text = Array(layout.serviceText.utf8)
        if facts.digest(layout.serviceFile) != Hexadecimal.encode(try SHA256.digest(text)) {
            try stop.check(before: "writing the service")
            try await root.put(text, at: layout.serviceFile, owner: layout.owner, mode: layout.serviceMode)
            host.changes.append("service")
        }
        if !host.changes.isEmpty || !facts.isActive || !facts.isEnabled {
            try await start(&host, machine)
        }
        host.status = host.changes.isEmpty ? .unchanged : wasThere ? .upgraded : .installed
    }

    private func start(_ host: inout HostRecord, _ machine: AgentMachine) async throws(MegaraptorError) {
        let (layout, root) = (machine.layout, machine.root)
        try stop.check(before: "starting the service")
        // Seen before this, it was another program, or the one with another configuration.
        host.since = UnixTime.milliseconds
        try await root.run("starting the agent", Script(layout.start))
        host.changes.append("started")
        let result = try await root.attempt(Script(layout.check))
        guard result.isSuccess else {
            throw MegaraptorError(
                .failedPrecondition,
                "On \(machine.name) the agent was started and does not keep running.",
                hint: layout.whereToLook,
                cause: result.complaint
            )
        }
    }

    private func makeFolders(_ machine: AgentMachine) async throws(MegaraptorError) {
        var script = "set -e\n(umask 022; mkdir -p -- \(try ShellWord.line(machine.layout.folders)))"
        if let folder = machine.layout.configFolder {
            let word = try ShellWord.quoted(folder)
            script += "\n[ -d \(word) ] || (umask 022; mkdir -p -- \(word); chmod 0700 \(word))"
        }
        try await machine.root.run("making folders", Script(script))
    }

    private func refuseForeign(_ facts: AgentFacts, _ machine: AgentMachine) throws(MegaraptorError) {
        guard facts.digest(machine.layout.config) != nil else { return }
        if let found = facts.identity, found.isSame(identity) { return }
        throw AgentIdentity.foreign(machine.name, deployment)
    }
}
