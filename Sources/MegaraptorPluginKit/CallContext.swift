// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// What a handler may use while it answers one call.
///
/// Cancellation is that of the task: long work checks `Task.isCancelled` or calls things that do.
public struct CallContext: Sendable {
    public let host: HostServices
    /// When the host stops waiting; `nil` where it waits for ever.
    public let deadline: ContinuousClock.Instant?
    /// The size that operations allow a result, in bytes.
    public let resultBytes: Int
    let call: UInt64

    /// Says how far the work has come. `done` must grow from call to call.
    public func progress(_ done: Double, of total: Double? = nil, _ message: String = "") {
        host.bridge.progress(call, done, total ?? 0, message)
    }

    /// Puts a question to the person behind the client.
    ///
    /// - Parameter schema: a flat object of strings, numbers, booleans and enums. Never ask for a secret.
    /// - Returns: the answer `{action: accept|decline|cancel, content?}`.
    /// - Throws: `unsupported` where the client cannot be asked.
    public func elicit(_ message: String, schema: Schema) async throws(MegaraptorError) -> JSONValue {
        try await host.request(
            "elicit",
            ["message": .string(message), "requestedSchema": .object(schema.json)],
            call: call
        )
    }

    /// How much time is left; `nil` where the host waits for ever.
    public var timeLeft: Duration? {
        deadline.map { $0 - ContinuousClock.now }
    }
}
