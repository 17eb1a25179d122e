// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Looks at one resource again and again and announces its changes, until it is done or the task is cancelled.
struct ResourcePoller: Sendable {
    let look: @Sendable () async throws(MegaraptorError) -> WatchedResource.Look
    let announce: @Sendable () async throws(MegaraptorError) -> Void
    /// Told of a failure; not again before a look has worked.
    let log: @Sendable (MegaraptorError) -> Void
    let sleep: RetryPolicy.Sleep

    /// The pause between two looks doubles from the first to the second while nothing changes.
    static let pauses: ClosedRange<Duration> = .seconds(2) ... .seconds(30)

    /// The first look is announced as well: what changed after the listener's reading and before it would be missed.
    func run() async {
        var pause = Self.pauses.lowerBound
        var announced: WatchedResource.Look?
        var isFailing = false
        while !Task.isCancelled {
            do throws(MegaraptorError) {
                let look = try await look()
                if look == announced {
                    pause = Self.longer(pause)
                } else {
                    try await announce()
                    announced = look
                    pause = Self.pauses.lowerBound
                }
                isFailing = false
                guard !look.isDone else { return }
            } catch {
                guard !Task.isCancelled else { return }
                if !isFailing { log(error) }
                isFailing = true
                pause = Self.longer(pause)
            }
            guard await rest(pause) else { return }
        }
    }

    /// - Returns: whether the time has passed; a cancelled task has none.
    private func rest(_ pause: Duration) async -> Bool {
        do {
            try await sleep(pause)
            return true
        } catch {
            return false
        }
    }

    private static func longer(_ pause: Duration) -> Duration {
        min(pause * 2, pauses.upperBound)
    }
}
