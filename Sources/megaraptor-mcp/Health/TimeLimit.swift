// SPDX-License-Identifier: Apache-2.0

/// Waits for work that may never end.
enum TimeLimit {
    /// - Returns: `nil` when the limit passed first; the work is then cancelled, and left alone if it does not heed that.
    static func answer<T: Sendable>(within limit: Duration, _ work: @escaping @Sendable () async -> T) async -> T? {
        let (answers, answer) = AsyncStream<T?>.makeStream()
        let worker = Task { answer.yield(await work()) }
        let clock = Task {
            try await Task.sleep(for: limit)
            answer.yield(nil)
        }
        defer {
            worker.cancel()
            clock.cancel()
        }
        for await first in answers { return first }
        return nil
    }
}
