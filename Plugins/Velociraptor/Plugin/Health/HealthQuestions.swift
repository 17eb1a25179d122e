// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import VelociraptorAPI

/// Asks the server, each question with a limit of its own and all of them before ``end``.
struct HealthQuestions: Sendable {
    let client: VelociraptorClient
    let end: ContinuousClock.Instant
    /// What a server that is well answers any of them in.
    let longest: Duration

    /// - Returns: whether the server says that it serves.
    func isServing() async throws(MegaraptorError) -> Bool {
        let answer = try await client.unary(
            "Check",
            Proto_HealthCheckRequest(),
            as: Proto_HealthCheckResponse.self,
            timeout: try timeLeft()
        )
        return answer.status == .serving
    }

    func rows(_ text: String) async throws(MegaraptorError) -> Rows {
        var query = VQLQuery(text, effect: .reads, timeout: try timeLeft())
        query.grace = .zero
        return try await client.rows(query)
    }

    private func timeLeft() throws(MegaraptorError) -> Duration {
        let left = min(longest, end - ContinuousClock.now)
        guard left > .zero else {
            throw MegaraptorError(.deadlineExceeded, "The time for looking at the server is up.")
        }
        return left
    }
}
