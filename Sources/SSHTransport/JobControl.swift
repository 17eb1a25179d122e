// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import Synchronization

/// Whether a job may go on.
final class JobControl: Sendable {
    let deadline: ContinuousClock.Instant
    private let isCancelled = Atomic(false)

    init(limit: Duration) {
        deadline = .now + limit
    }

    func cancel() {
        isCancelled.store(true, ordering: .releasing)
    }

    func check() throws(MegaraptorError) {
        if isCancelled.load(ordering: .acquiring) { throw MegaraptorError(.cancelled, "The call was cancelled.") }
        if deadline <= .now { throw MegaraptorError(.deadlineExceeded, "The time for it is over.", retryable: true) }
    }

    /// For `poll`: never 0 before the deadline, never so long that it matters when the clock is read again.
    var millisecondsLeft: Int32 {
        let left = deadline - .now
        guard left > .zero else { return 0 }
        return left > .seconds(60) ? 60_000 : Int32(left / .milliseconds(1)) + 1
    }
}
