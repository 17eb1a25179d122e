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
        let facts = WindowsFacts(try await machine.run(.look, names))
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
            try await send(file: program.path, as: bundle.payload, sum: program.sha256, to: machine)
        }
        try stop.check(before: "installing")
        try await send(config, as: Self.config, to: machine)
        try await send(Array(bundle.installation.utf8), as: WindowsBundle.installScript, to: machine)
        // Seen before this, it was another program, or the one with another configuration.
        host.since = UnixTime.milliseconds
        try await install(machine, facts)
        host.changes = (isSameProgram ? [] : ["program"]) + (isSameConfig ? [] : ["configuration"]) + ["started"]
        _ = try await machine.run(.settle, names)
        host.status = facts.program == nil ? .installed : .upgraded
    }

    static let config = "client.config.yaml"

    private var names: JSONObject {
        [
            "waiting": .string(WindowsScript.waitingFolder), "payload": .string(bundle.payload),
            "mark": .string(WindowsScript.markFile), "installer": .string(program.sha256),
        ]
    }

    private func install(_ machine: WindowsMachine, _ facts: WindowsFacts) async throws(MegaraptorError) {
        let path = "\(facts.programFiles)\\\(WindowsScript.waitingFolder)\\\(WindowsBundle.installScript)"
        let result = try await machine.shell.run("\(WindowsScript.shell) -File \"\(path)\"")
        guard result.isSuccess else {
            let words = (result.errors + result.output).split(whereSeparator: \.isNewline).joined(separator: " ")
            throw MegaraptorError(
                .failedPrecondition,
                "On \(machine.name) the installation ended with \(result.status).",
                hint: #"Its log is velociraptor-install.log in the TEMP folder of the user who logged in."#,
                cause: String(words.prefix(1000))
            )
        }
    }
}
