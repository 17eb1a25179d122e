// SPDX-License-Identifier: Apache-2.0

package import MegaraptorErrors

/// Scripts and files as root on a machine.
package struct RootShell: Sendable {
    package let machine: any Machine
    package let elevation: Elevation
    /// Begins the names of files on their way, so that what an interruption left is found: no two may work with one tag
    /// on a machine at a time.
    package let tag: String
    /// What to do after a failure, as in "go on with recover_deployment".
    package let wayOn: String

    package init(machine: any Machine, elevation: Elevation, tag: String, wayOn: String) {
        self.machine = machine
        self.elevation = elevation
        self.tag = tag
        self.wayOn = wayOn
    }

    /// Runs a script as root, whatever comes of it.
    package func attempt(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        try await machine.run(try elevation.raised(script))
    }

    /// Runs a script as root.
    ///
    /// - Parameter what: what it is about, as in "making the folders".
    /// - Throws: `failed_precondition` with its complaint where it fails; `resource_exhausted` for a full disk.
    @discardableResult
    package func run(_ what: String, _ script: Script) async throws(MegaraptorError) -> ScriptResult {
        let result = try await attempt(script)
        if result.isSuccess { return result }
        if result.errors.contains("No space left on device") {
            throw MegaraptorError(
                .resourceExhausted,
                "On \(machine.name) \(what) failed: the disk is full.",
                hint: "Make room there, then \(wayOn).",
                cause: result.complaint
            )
        }
        throw MegaraptorError(
            .failedPrecondition,
            "On \(machine.name) \(what) failed with status \(result.status).",
            hint: "Look at the cause; then \(wayOn).",
            cause: result.complaint
        )
    }
}
