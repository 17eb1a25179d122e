// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import LinuxServer
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

    /// Runs a script as root, whatever comes of it.
    func attempt(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        try await machine.run(try elevation.raised(script))
    }

    /// Runs a script as root.
    ///
    /// - Parameter what: what it is about, as in "making the folders".
    /// - Throws: `failed_precondition` with its complaint where it fails; `resource_exhausted` for a full disk.
    @discardableResult
    func run(_ what: String, _ script: Script) async throws(MegaraptorError) -> ScriptResult {
        let result = try await attempt(script)
        if result.isSuccess { return result }
        if result.errors.contains("No space left on device") {
            throw MegaraptorError(
                .resourceExhausted,
                "On \(machine.name) \(what) failed: the disk is full.",
                hint: "Make room there, then go on with recover_deployment.",
                cause: result.complaint
            )
        }
        throw MegaraptorError(
            .failedPrecondition,
            "On \(machine.name) \(what) failed with status \(result.status).",
            hint: "Look at the cause; then go on with recover_deployment.",
            cause: result.complaint
        )
    }

    @discardableResult
    func run(_ what: String, _ text: String) async throws(MegaraptorError) -> ScriptResult {
        try await run(what, Script(text))
    }
}

/// A word of a script.
func quoted(_ text: String) throws(MegaraptorError) -> String { try ShellWord.quoted(text) }
