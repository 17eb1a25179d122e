// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Reads something again after a change, until it shows the change: the server may take a moment.
struct Settling: Sendable {
    var sleep: RetryPolicy.Sleep = { try await Task.sleep(for: $0) }

    private static let pauses: [Duration] = [
        .milliseconds(50), .milliseconds(150), .milliseconds(500), .seconds(1), .seconds(2),
    ]

    /// What was read last, accepted or not.
    func read<Value: Sendable>(
        _ look: () async throws(MegaraptorError) -> Value,
        until accepts: (Value) -> Bool
    ) async throws(MegaraptorError) -> Value {
        var value = try await look()
        for pause in Self.pauses {
            if accepts(value) { return value }
            do {
                try await sleep(pause)
            } catch {
                throw MegaraptorError(
                    .cancelled,
                    "The call was cancelled after the change was sent.",
                    hint: "Look at its effect before repeating it."
                )
            }
            value = try await look()
        }
        return value
    }
}
