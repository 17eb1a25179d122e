// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Time between two looks.
enum Pause {
    /// - Parameter rest: what continues without us, for whoever cancels the wait.
    static func take(_ duration: Duration, _ rest: String) async throws(MegaraptorError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw MegaraptorError(.cancelled, "Waiting was cancelled. \(rest)", hint: "Ask for the status later.")
        }
    }
}
