// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// Time and chance, so that tests have their own.
public struct AWSClock: Sendable {
    /// Seconds since 1970.
    public var now: @Sendable () -> Int64
    /// - Throws: when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// From 0 to 1.
    public var chance: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        chance: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.chance = chance
    }

    public static let system = AWSClock(
        now: { Int64(time(nil)) },
        sleep: { try await Task.sleep(for: $0) },
        chance: { Double.random(in: 0...1) }
    )

    /// - Throws: `cancelled`, with these words.
    func wait(_ duration: Duration, orSay words: String) async throws(MegaraptorError) {
        do {
            try await sleep(duration)
        } catch {
            throw MegaraptorError(.cancelled, words)
        }
    }
}
