// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
package import MegaraptorErrors
package import SSHTransport

/// A machine reached by SSH.
package struct SSHMachine: Machine {
    private let connection: SSHConnection
    package let name: String

    package init(_ destination: SSHDestination) async throws(MegaraptorError) {
        connection = try await SSHConnection.open(destination)
        name = destination.host
    }

    package func run(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        let result = try await connection.run(
            SSHCommand(
                line: Script.preamble + script.text,
                input: script.input,
                outputLimit: script.outputLimit,
                timeLimit: script.timeLimit
            )
        )
        let status: Int32 =
            switch result.ending {
            case .exited(let status): status
            case .signalled, .untold: 137
            }
        return ScriptResult(status: status, output: result.output.text, errors: result.errors.text)
    }

    /// Uploads by SFTP, straight beside its place where the user may write there, else into the user's home.
    package func stage(
        _ file: String,
        near folder: String,
        tag: String,
        progress: @escaping Progress
    ) async throws(MegaraptorError) -> Staged {
        let answer = try await run(Script("if [ -w \(try ShellWord.quoted(folder)) ]; then echo near; else pwd -P; fi"))
        let first = answer.lines.first ?? "near"
        let place = first == "near" ? folder : first
        let path = "\(place)/\(tag)\(Hexadecimal.encode(Cryptography.randomBytes(8)))"
        let digest = try await connection.upload(Upload(.file(file), to: path, mode: 0o600, progress: progress))
        return Staged(path: path, sha256: digest, isTemporary: true)
    }

    package func sweep(_ tag: String) async throws(MegaraptorError) {
        _ = try await run(Script("rm -f -- \(try ShellWord.quoted(tag))*"))
    }

    package func close() { connection.close() }
}
