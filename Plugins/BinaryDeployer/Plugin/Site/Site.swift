// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import LinuxServer
import Machines
import MegaraptorErrors
import MegaraptorPluginKit
import SSHTransport

/// One question to the deployer: a deployment, and the machine that has it or will have it.
struct Site: Sendable {
    let machine: any Machine
    let elevation: Elevation
    let deployment: DeploymentSpecification
    let options: BinaryOptions

    var layout: InstallLayout { options.layout }
    var unit: UnitFile { UnitFile(deployment: deployment, layout: layout) }

    var root: RootShell {
        RootShell(
            machine: machine,
            elevation: elevation,
            tag: ".megaraptor-\(deployment.id)-",
            wayOn: "go on with recover_deployment"
        )
    }

    /// Runs a script as root, whatever comes of it.
    func attempt(_ script: Script) async throws(MegaraptorError) -> ScriptResult { try await root.attempt(script) }

    /// Runs a script as root; see ``RootShell/run(_:_:)``.
    @discardableResult
    func run(_ what: String, _ script: Script) async throws(MegaraptorError) -> ScriptResult {
        try await root.run(what, script)
    }

    @discardableResult
    func run(_ what: String, _ text: String) async throws(MegaraptorError) -> ScriptResult {
        try await run(what, Script(text))
    }
}

/// A word of a script.
func quoted(_ text: String) throws(MegaraptorError) -> String { try ShellWord.quoted(text) }
