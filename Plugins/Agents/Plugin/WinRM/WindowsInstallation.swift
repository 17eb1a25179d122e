// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import WinRM

/// Brings an agent onto a Windows machine, and changes only what differs from what is there.
struct WindowsInstallation: Sendable {
    let deployment: String
    let program: AgentProgram
    let bundle: WindowsBundle
    let config: [UInt8]
    let identity: AgentIdentity
    let stop: StopFlag

    init(_ enrolment: Enrolment, program: AgentProgram, stop: StopFlag) throws(MegaraptorError) {
        identity = try AgentIdentity(enrolment)
        deployment = enrolment.deploymentID
        self.program = program
        bundle = WindowsBundle(isInstaller: program.system == .windowsInstaller, sha256: program.sha256.uppercased())
        config = Array(enrolment.clientConfig.utf8)
        self.stop = stop
    }

    /// - Parameter host: gets told what was done, step by step, so that it is right wherever this ends.
    func callAsFunction(_ host: inout HostRecord, on machine: WindowsMachine) async throws(MegaraptorError) {
        try stop.check(before: "looking for an agent")
        let facts = try await WindowsFacts(looking: machine, for: bundle.payload)
        host.hostname = facts.hostname
        try check(facts, machine)

        let isSameProgram = facts.program != nil && facts.installer == program.sha256
        let isSameConfig = facts.config(isInstaller: bundle.isInstaller) == config
        if isSameProgram, isSameConfig, facts.isRunning {
            host.status = .unchanged
            return
        }
        if facts.waiting != program.sha256 {
            try stop.check(before: "sending the program")
            try await machine.send(file: program.path, as: bundle.payload, sum: program.sha256, stop: stop)
        }
        try stop.check(before: "installing")
        try await machine.send(config, as: Self.config)
        try await machine.send(Array(bundle.installation.utf8), as: WindowsBundle.installScript)
        // Seen before this, it was another program, or the one with another configuration.
        host.since = UnixTime.milliseconds
        let result = try await machine.run(file: WindowsBundle.installScript, facts)
        guard result.isSuccess else {
            throw machine.failure("the installation", result, log: "velociraptor-install.log")
        }
        host.changes = (isSameProgram ? [] : ["program"]) + (isSameConfig ? [] : ["configuration"]) + ["started"]
        _ = try await machine.run(
            .settle,
            [
                "waiting": .string(WindowsScript.waitingFolder), "mark": .string(WindowsScript.markFile),
                "installer": .string(program.sha256),
            ]
        )
        host.status = facts.program == nil ? .installed : .upgraded
    }

    static let config = "client.config.yaml"
}
