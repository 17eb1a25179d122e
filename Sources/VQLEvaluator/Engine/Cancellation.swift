// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Why a query ended before its rows did.
public enum QueryInterruption: Error, Sendable, Hashable {
    case cancelled
    case timedOut
    /// A syntax error whose message would cut a character in two. The real server can not send such a line: the call
    /// ends with INTERNAL and `grpc: error while marshaling: string field contains invalid UTF-8`.
    case logNotUTF8
}

/// Ends a running query: from outside by ``cancel()``, or when its time is up.
public final class Cancellation: Sendable {
    /// Dates far in the future do not fit what the condition waits with.
    private static let longestStep = Duration.seconds(3_600)

    private let isCancelled = Atomic(false)
    private let condition = NSCondition()
    private let started = ContinuousClock.now
    private let deadline: ContinuousClock.Instant?

    /// - Parameter timeout: counted from now; `nil` for no limit.
    public init(timeout: Duration? = nil) {
        deadline = timeout.map { .now + $0 }
    }

    /// May be called from any thread, and more than once. The query stops at its next row or call.
    public func cancel() {
        condition.lock()
        isCancelled.store(true, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
    }

    /// How long ago the query began.
    var elapsed: Duration { .now - started }

    /// Throws a ``QueryInterruption`` if the query must end.
    func check() throws {
        if isCancelled.load(ordering: .acquiring) { throw QueryInterruption.cancelled }
        if let deadline, deadline <= .now { throw QueryInterruption.timedOut }
    }

    /// Blocks the calling thread for `duration`, or until the query must end; then it throws.
    func wait(for duration: Duration) throws {
        let wanted = ContinuousClock.now + duration
        let end = deadline.map { min($0, wanted) } ?? wanted
        condition.lock()
        defer { condition.unlock() }
        while true {
            try check()
            let rest = end - .now
            guard rest > .zero else { break }
            let step = min(rest, Self.longestStep)
            _ = condition.wait(until: Date(timeIntervalSinceNow: step / .seconds(1)))
        }
        try check()
    }
}
