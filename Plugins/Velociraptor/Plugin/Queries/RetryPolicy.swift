// SPDX-License-Identifier: Apache-2.0

/// When a read is asked again after the connection failed.
public struct RetryPolicy: Sendable {
    public typealias Sleep = @Sendable (Duration) async throws -> Void

    /// The pause before each further attempt, before jitter.
    public var pauses: [Duration]
    let sleep: Sleep

    public init(
        pauses: [Duration] = [.milliseconds(100), .milliseconds(300), .milliseconds(900)],
        sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.pauses = pauses
        self.sleep = sleep
    }

    /// The pause after `failed` failed attempts: half of it fixed, half by chance, so that many callers do not return
    /// at once. `nil` when it was enough.
    func pause(after failed: Int) -> Duration? {
        guard failed <= pauses.count else { return nil }
        return pauses[failed - 1] * Double.random(in: 0.5...1)
    }
}
