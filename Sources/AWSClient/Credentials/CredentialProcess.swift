// SPDX-License-Identifier: Apache-2.0

import ChildProcesses
import Glibc
import MegaraptorErrors

/// A command of the user's that writes credentials as JSON.
///
/// As in the SDKs a shell runs it, with this process's environment. What it writes to its standard error is not looked
/// at: it may hold anything.
struct CredentialProcess: Sendable {
    private static let limit: Duration = .seconds(60)

    let command: String
    let source: String

    func find() async throws(MegaraptorError) -> AWSCredentials {
        let result: ChildResult
        do throws(MegaraptorError) {
            result = try await ChildCommand(
                ["/bin/sh", "-c", command],
                environment: Self.environment,
                outputLimit: 64 << 10,
                timeLimit: Self.limit
            ).run()
        } catch {
            switch error.code {
            case .cancelled:
                throw MegaraptorError(.cancelled, "Waiting for \(source) was cancelled, and it was ended.")
            case .deadlineExceeded: throw failure("it did not end within \(Self.limit)")
            default: throw failure("it cannot be run: \(error.message)")
            }
        }
        guard result.isSuccess else { throw failure("it ended with status \(result.status)") }
        return try CredentialsDocument.read(Array(result.output.utf8), tokenName: "SessionToken", source: source)
    }

    /// All of this process's.
    private static var environment: [String: String] {
        var variables: [String: String] = [:]
        var place = environ
        while let entry = place.pointee {
            let pair = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            place += 1
        }
        return variables
    }

    private func failure(_ why: String) -> MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "\(source) gives no credentials: \(why).",
            hint: "Run the command in a shell, and see what it says."
        )
    }
}
