// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// How a plugin's workers have fared, and when the next may start.
struct WorkerHistory: Sendable {
    private(set) var starts = 0
    private(set) var lastEnd: String?
    /// How many have ended one after the other without good service in between.
    private var failures = 0
    private var lastStart = ContinuousClock.now
    private var nextStart = ContinuousClock.now

    /// A worker that has lived this long has served well.
    private static let goodService = Duration.seconds(60)
    private static let longestPause = Duration.seconds(30)

    mutating func started(at now: ContinuousClock.Instant = .now) {
        starts += 1
        lastStart = now
    }

    mutating func ended(_ reason: String, at now: ContinuousClock.Instant = .now) {
        lastEnd = reason
        failures = now - lastStart >= Self.goodService ? 1 : failures + 1
        nextStart = now + pause
    }

    /// 0, 0.1, 0.4, 1.6, 6.4, 25.6 and from then on 30 seconds.
    private var pause: Duration {
        guard failures > 1 else { return .zero }
        return min(Self.longestPause, .milliseconds(100 << (2 * min(failures - 2, 8))))
    }

    /// Why no worker may start yet.
    func wait(for id: String, now: ContinuousClock.Instant = .now) -> MegaraptorError? {
        guard now < nextStart, let lastEnd else { return nil }
        let (seconds, attoseconds) = (nextStart - now).components
        // Never told too short.
        let tenths = (seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 99) / 100
        return MegaraptorError(
            .unavailable,
            "The plugin \(id) is not running: its worker \(lastEnd), for the \(Self.count(failures)) time in a row.",
            hint: "It may be started again in \(tenths / 10).\(tenths % 10) seconds; call again then.",
            retryable: true
        )
    }

    private static func count(_ number: Int) -> String {
        number == 2 ? "second" : number == 3 ? "third" : "\(number)th"
    }
}
