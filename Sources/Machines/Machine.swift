// SPDX-License-Identifier: Apache-2.0

package import MegaraptorErrors

/// A machine on which commands can be run and files laid down: this one, or one reached by SSH.
package protocol Machine: Sendable {
    /// How it is called in errors.
    var name: String { get }

    /// Runs a script in a POSIX shell as the user who is logged in. One that fails is a result, not an error.
    func run(_ script: Script) async throws(MegaraptorError) -> ScriptResult

    /// Makes a file of this machine readable for root there, and for nobody else on the way.
    ///
    /// - Parameters:
    ///   - folder: where it is to end; taken where the user may write to it.
    ///   - tag: begins its name, so that ``sweep(_:)`` finds what an interruption left.
    func stage(
        _ file: String,
        near folder: String,
        tag: String,
        progress: @escaping Progress
    ) async throws(MegaraptorError) -> Staged

    /// Removes what was staged under a tag elsewhere than near its place, and never taken away.
    func sweep(_ tag: String) async throws(MegaraptorError)

    func close()
}

/// Bytes done, and in all.
package typealias Progress = @Sendable (Int64, Int64) -> Void

/// Content that waits on a machine to be put in place.
package struct Staged: Sendable {
    package var path: String
    /// In lower-case hexadecimal, of what was meant to be there.
    package var sha256: String
    /// Whether it is to be removed afterwards.
    package var isTemporary: Bool

    package init(path: String, sha256: String, isTemporary: Bool) {
        self.path = path
        self.sha256 = sha256
        self.isTemporary = isTemporary
    }
}
