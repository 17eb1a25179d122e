// SPDX-License-Identifier: Apache-2.0

import Glibc
import Machines
import MegaraptorErrors
import SSHTransport

/// This machine, without SSH.
struct LocalMachine: Machine {
    let name = "localhost"
    /// What scripts get; nothing else of this process's environment.
    let environment: [String: String]

    /// Of this process, what a shell needs.
    static var usualEnvironment: [String: String] {
        var environment: [String: String] = [:]
        for name in ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return environment
    }

    func run(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        try await LocalShell(environment: environment).run(script)
    }

    /// A file of this machine is there already.
    func stage(
        _ file: String,
        near folder: String,
        tag: String,
        progress: @escaping Progress
    ) async throws(MegaraptorError) -> Staged {
        let result = try await run(Script("sha256sum < \(try ShellWord.quoted(file))", timeLimit: .seconds(300)))
        let digest = String(result.output.prefix(64))
        guard result.isSuccess, digest.utf8.count == 64 else {
            throw MegaraptorError(.notFound, "\(file) cannot be read here.", cause: result.complaint)
        }
        return Staged(path: file, sha256: digest, isTemporary: false)
    }

    /// Nothing is staged here.
    func sweep(_ tag: String) {}

    func close() {}
}
