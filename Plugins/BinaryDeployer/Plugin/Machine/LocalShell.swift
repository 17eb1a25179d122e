// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import MegaraptorErrors
import Synchronization

/// Runs scripts in this machine's `/bin/sh`, each in a process group of its own.
struct LocalShell: Sendable {
    let environment: [String: String]

    /// Waits on a thread that may block. A cancelled task's script is ended with all that it started.
    func run(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        let isCancelled = CancellationMark()
        let outcome: Result<ScriptResult, MegaraptorError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(
                        returning: Result { () throws(MegaraptorError) in
                            var child = try LocalChild(script, environment)
                            return try child.follow(isCancelled)
                        }
                    )
                }
            }
        } onCancel: {
            isCancelled.set()
        }
        return try outcome.get()
    }
}

/// Set once, from any thread.
final class CancellationMark: Sendable {
    private let mark = Atomic(false)

    func set() { mark.store(true, ordering: .releasing) }
    var isSet: Bool { mark.load(ordering: .acquiring) }
}
