// SPDX-License-Identifier: Apache-2.0

import Dispatch
public import MegaraptorErrors
import Synchronization

/// A program to be run to its end on this machine, in a process group of its own.
public struct ChildCommand: Sendable {
    /// The program's absolute path and its arguments. Everybody on the machine can see them: never a secret in them.
    public var words: [String]
    /// All of its environment; nothing of this process's.
    public var environment: [String: String]
    /// Given to its standard input, which is then closed. The place for secrets.
    public var input: [UInt8]
    /// Of each output this much is kept; the rest is read and dropped.
    public var outputLimit: Int
    public var timeLimit: Duration

    public init(
        _ words: [String],
        environment: [String: String],
        input: [UInt8] = [],
        outputLimit: Int = 1 << 20,
        timeLimit: Duration = .seconds(60)
    ) {
        self.words = words
        self.environment = environment
        self.input = input
        self.outputLimit = outputLimit
        self.timeLimit = timeLimit
    }

    /// Waits for its end on a thread that may block. A cancelled task's program is ended with all that it started.
    ///
    /// - Throws: `deadline_exceeded` or `cancelled` where it was killed. One that fails is a result, not an error.
    public func run() async throws(MegaraptorError) -> ChildResult {
        let isCancelled = CancellationMark()
        let outcome: Result<ChildResult, MegaraptorError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(
                        returning: Result { () throws(MegaraptorError) in
                            var child = try RunningChild(self)
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

/// How a program ended, and what it said.
public struct ChildResult: Sendable, Hashable {
    /// The exit code; 128 and more where a signal ended it.
    public var status: Int32
    public var output: String
    public var errors: String

    public var isSuccess: Bool { status == 0 }
}

/// Set once, from any thread.
final class CancellationMark: Sendable {
    private let mark = Atomic(false)

    func set() { mark.store(true, ordering: .releasing) }
    var isSet: Bool { mark.load(ordering: .acquiring) }
}
