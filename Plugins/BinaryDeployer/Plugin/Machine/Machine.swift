// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// A machine on which commands can be run and files laid down: this one, or one reached by SSH.
protocol Machine: Sendable {
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
typealias Progress = @Sendable (Int64, Int64) -> Void

/// Content that waits on a machine to be put in place.
struct Staged: Sendable {
    var path: String
    /// In lower-case hexadecimal, of what was meant to be there.
    var sha256: String
    /// Whether it is to be removed afterwards.
    var isTemporary: Bool
}

/// What a shell is given.
struct Script: Sendable {
    /// Everybody on the machine can see it: never a secret in it.
    var text: String
    /// The place for secrets.
    var input: [UInt8] = []
    var outputLimit = 1 << 20
    var timeLimit: Duration = .seconds(60)

    init(_ text: String, input: [UInt8] = [], outputLimit: Int = 1 << 20, timeLimit: Duration = .seconds(60)) {
        self.text = text
        self.input = input
        self.outputLimit = outputLimit
        self.timeLimit = timeLimit
    }

    /// What every script begins with: a user who is not root has no path to the tools of root, messages are to be in
    /// one language, and what is made is nobody else's business.
    static let preamble =
        "PATH=\"$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"; export PATH\n"
        + "LC_ALL=C; export LC_ALL\numask 077\n"
}

/// How a script ended.
struct ScriptResult: Sendable {
    /// 128 and the signal's number for a script that was killed.
    var status: Int32
    var output: String
    var errors: String

    var isSuccess: Bool { status == 0 }
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The latest of what it complained about, for an error's cause.
    var complaint: String {
        let text = errors.isEmpty ? output : errors
        return text.split(separator: "\n").suffix(5).joined(separator: "; ")
    }
}
