// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The time between two looks: short at first and after each change that was seen, so that what ends soon is seen soon;
/// what takes its time is asked less and less often.
struct Pause {
    private let longest: Duration
    private var next: Duration

    init(upTo longest: Duration) {
        self.longest = longest
        next = min(longest, Self.shortest)
    }

    private static let shortest: Duration = .milliseconds(250)

    /// Something has changed, so more may come soon.
    mutating func shorten() { next = min(longest, Self.shortest) }

    /// - Parameter rest: what continues without us, for whoever cancels the wait.
    mutating func take(_ rest: String) async throws(MegaraptorError) {
        do {
            try await Task.sleep(for: next)
        } catch {
            throw MegaraptorError(.cancelled, "Waiting was cancelled. \(rest)", hint: "Ask for the status later.")
        }
        next = min(longest, next * 2)
    }
}
