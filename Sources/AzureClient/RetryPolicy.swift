// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
internal import JSONValue
internal import MegaraptorErrors

/// How often, and after how long, a request that failed is sent again.
///
/// `Retry-After` is honoured where it is given; else the wait is random between nothing and a bound that doubles, so that
/// many clients do not come back together.
public struct RetryPolicy: Sendable {
    /// How often in all.
    public var attempts: Int
    /// The first bound.
    public var base: Duration
    public var longest: Duration
    /// A `Retry-After` beyond this ends the trying.
    public var patience: Duration
    /// Waits; throws when its task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        attempts: Int = 6,
        base: Duration = .seconds(1),
        longest: Duration = .seconds(30),
        patience: Duration = .seconds(300),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.attempts = attempts
        self.base = base
        self.longest = longest
        self.patience = patience
        self.sleep = sleep
    }

    /// Sends until there is an answer that another try would not change.
    ///
    /// - Parameter isIdempotent: whether what may have reached the server may be sent again. A 429 was never begun, so it
    ///   is sent again in any case.
    func run(
        isIdempotent: Bool,
        _ send: () async throws(MegaraptorError) -> HTTPResponse
    ) async throws(MegaraptorError) -> HTTPResponse {
        var attempt = 1
        while true {
            var wait = backoff(attempt)
            do throws(MegaraptorError) {
                let response = try await send()
                let isRefused = response.status == 429
                let isBroken = isIdempotent && [408, 500, 502, 503, 504].contains(response.status)
                guard isRefused || isBroken, attempt < attempts else { return response }
                if let told = Self.retryAfter(response.headers) {
                    guard told <= patience else { return response }
                    wait = told
                }
            } catch {
                let isSafe = isIdempotent || error.details["sent"] == false
                guard isSafe, [.unavailable, .deadlineExceeded].contains(error.code), attempt < attempts else {
                    throw error
                }
            }
            try await pause(wait)
            attempt += 1
        }
    }

    /// - Throws: `cancelled`.
    func pause(_ duration: Duration) async throws(MegaraptorError) {
        do {
            try await sleep(duration)
        } catch {
            throw MegaraptorError(.cancelled, "Waiting for Azure was cancelled.")
        }
    }

    private func backoff(_ attempt: Int) -> Duration {
        let bound = min(longest, base * (1 << min(attempt - 1, 16)))
        return bound * Double.random(in: 0...1)
    }

    /// What the server asks for: milliseconds before seconds. A date is not read; Azure sends numbers.
    static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
            if let text = headers[name], let number = Int64(text), number >= 0 { return .milliseconds(number) }
        }
        guard let text = headers["retry-after"], let number = Int64(text), number >= 0 else { return nil }
        return .seconds(number)
    }
}
