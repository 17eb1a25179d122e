// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// When a call is made again, and after how long: exponential backoff with full jitter, as AWS recommends.
public struct RetryRules: Sendable {
    /// Calls in all.
    public var attempts: Int
    /// The longest pause, in seconds, unless the answer asks for a longer one.
    public var greatestPause: Double
    /// The longest pause that an answer may ask for.
    public var greatestWish: Double

    public init(attempts: Int = 8, greatestPause: Double = 20, greatestWish: Double = 60) {
        self.attempts = attempts
        self.greatestPause = greatestPause
        self.greatestWish = greatestWish
    }

    /// - Parameters:
    ///   - attempt: 1 for the first that failed.
    ///   - chance: from 0 to 1.
    func pause(after attempt: Int, wish: Int?, chance: Double) -> Duration {
        let bound = min(greatestPause, Double(UInt64(1) << UInt64(min(attempt - 1, 20))))
        let wished = min(Double(max(0, wish ?? 0)), greatestWish)
        return .milliseconds(Int(max(bound * chance, wished) * 1000))
    }

    /// Whether a call that brought no answer may be made again.
    static func isSafe(_ error: MegaraptorError, isRepeatable: Bool) -> Bool {
        guard error.code == .unavailable || error.code == .deadlineExceeded else { return false }
        return isRepeatable || error.details["sent"] == false
    }
}
