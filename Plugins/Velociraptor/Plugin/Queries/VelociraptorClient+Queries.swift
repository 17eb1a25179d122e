// SPDX-License-Identifier: Apache-2.0

internal import GRPCTransport
public import JSONValue
public import MegaraptorErrors

extension VelociraptorClient {
    /// How long a call waits for a lost connection to come back before it fails.
    static let reconnect: Duration = .milliseconds(500)

    /// Runs a query and collects what it gives.
    ///
    /// Cancelling the surrounding task cancels the query on the server. A query that changes nothing is asked again
    /// when the connection fails before its first row; no other ever is.
    /// - Parameter tolerating: which lines that tell of a failure are none for this caller, who looks for the effect.
    /// - Returns: rows, and in ``QueryResult/failures`` what went wrong after there were some.
    /// - Throws: what went wrong when there is not a single row.
    public nonisolated func run(
        _ query: VQLQuery,
        tolerating: @Sendable (LogLine) -> Bool = { _ in false }
    ) async throws(MegaraptorError) -> QueryResult {
        let request = try query.requestBytes()
        let end = ContinuousClock.now + query.timeout
        var failed = 0
        while true {
            var result = QueryResult(rowLimit: query.rowLimit)
            do throws(MegaraptorError) {
                try await collect(request, until: end + query.grace, into: &result)
                result.finish(query.text, tolerating: tolerating)
                if result.rowCount == 0, let failure = result.failure { throw failure }
                return result
            } catch {
                guard result.rowCount == 0 else {
                    result.finish(query.text, tolerating: tolerating)
                    result.failures.insert(query.effect == .reads ? error : error.afterPossibleChange, at: 0)
                    return result
                }
                failed += 1
                guard query.effect == .reads, error.retryable, let pause = retry.pause(after: failed),
                    ContinuousClock.now + pause < end
                else { throw query.effect == .reads ? error : error.afterPossibleChange }
                try await rest(pause)
            }
        }
    }

    /// The rows of a query of one statement, read, with the server's time. Any failure is an error.
    public nonisolated func rows(_ query: VQLQuery) async throws(MegaraptorError) -> Rows {
        let result = try await run(query)
        if let failure = result.failure { throw failure }
        return try result.firstRows()
    }

    private nonisolated func collect(
        _ request: [UInt8],
        until end: ContinuousClock.Instant,
        into result: inout QueryResult
    ) async throws(MegaraptorError) {
        let connection = try await connect()
        await connection.channel.reconnectIfBroken(within: Self.reconnect)
        let messages = connection.channel.serverStreaming(
            "/proto.API/Query",
            request,
            deadline: end - ContinuousClock.now
        )
        var events = QueryEvents(messages: messages).makeAsyncIterator()
        while true {
            let event: QueryEvent?
            do throws(GRPCStatus) {
                event = try await events.next()
            } catch {
                let translated = StatusTranslation(connection.configuration).error(for: error)
                if translated.code == .unauthenticated { await forget(connection) }
                throw translated
            }
            guard let event, try result.take(event) else { return }
        }
    }

    private nonisolated func rest(_ pause: Duration) async throws(MegaraptorError) {
        do {
            try await retry.sleep(pause)
        } catch {
            throw MegaraptorError(.cancelled, "The call was cancelled.")
        }
    }
}

/// The rows of a fixed query.
public struct Rows: Sendable, Hashable {
    public var values: [JSONValue]
    /// Whether there are more rows than were asked for.
    public var isCapped: Bool
    /// The server's clock, in microseconds since 1970; 0 where it sent no rows at all.
    public var serverTime: UInt64
}

extension MegaraptorError {
    /// The same, for a query that may have changed something before the connection failed.
    var afterPossibleChange: MegaraptorError {
        guard code == .unavailable || code == .deadlineExceeded else { return self }
        var error = self
        error.retryable = false
        error.hint += error.hint.isEmpty ? "" : " "
        error.hint += "The query may have begun to run: if it changes anything, look at its effect before repeating it."
        return error
    }
}
