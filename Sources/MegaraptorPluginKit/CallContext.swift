// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// What a handler may use while it answers one call.
///
/// Cancellation is that of the task: long work checks `Task.isCancelled` or calls things that do.
public struct CallContext: Sendable {
    /// What the host offers beyond this call.
    public let host: HostServices
    /// When the host stops waiting; `nil` where it waits for ever.
    public let deadline: ContinuousClock.Instant?
    /// Whether operations allow reading only. Then only tools that read are offered, and those that restrict themselves.
    public let isReadOnly: Bool
    /// Before what operations want a person to be asked.
    public let confirmation: Confirmation
    /// How many bytes of text operations let one result have at most.
    public let resultBytes: Int
    /// What a stateless client brought in answer to an `input_required` result that the tool made itself, by the names
    /// of its questions; `nil` at the first call. ``elicit(_:schema:)`` needs none of this.
    public let inputResponses: JSONObject?
    /// The state that such a result carried: the host seals it and takes it back only with the same call.
    public let requestState: String?
    let call: UInt64
    let inquiry: Inquiry

    /// - Parameter params: those of the call.
    init(host: HostServices, params: JSONValue, call: UInt64) {
        self.init(host: host, meta: params["_meta"] ?? [:], call: call, params: params)
    }

    /// - Parameter meta: what the host says of the call in `_meta`: `deadline_ms`, `read_only`, `confirm`, `result_bytes`.
    init(host: HostServices, meta: JSONValue, call: UInt64, params: JSONValue = [:]) {
        self.host = host
        inquiry = Inquiry(params)
        inputResponses = params["inputResponses"]?.objectValue
        requestState = params["requestState"]?.stringValue
        deadline = meta["deadline_ms"]?.integerValue.map { .now + .milliseconds($0) }
        isReadOnly = meta["read_only"]?.boolValue ?? false
        // A word that this kit does not know comes from a later host: then everything is asked for.
        let confirm = meta["confirm"] ?? .string(Confirmation.destructive.rawValue)
        confirmation = confirm.stringValue.flatMap(Confirmation.init) ?? .everyChange
        resultBytes = meta["result_bytes"]?.integerValue.map(Int.init) ?? 1 << 20
        self.call = call
    }

    /// Says how far the work has come. `done` must grow from call to call.
    public func progress(_ done: Double, of total: Double? = nil, _ message: String = "") {
        host.bridge.progress(call, done, total ?? 0, message)
    }

    /// Puts a question to the person behind the client.
    ///
    /// A client without handshake answers by repeating its request: the handler then runs again from its beginning. So
    /// ask before anything is changed.
    ///
    /// - Parameter schema: a flat object of strings, numbers, booleans and enums. Never ask for a secret.
    /// - Returns: the answer `{action: accept|decline|cancel, content?}`.
    /// - Throws: `unsupported` where the client cannot be asked.
    public func elicit(_ message: String, schema: Schema) async throws(MegaraptorError) -> JSONValue {
        if inquiry.isPossible { return try inquiry.answer(message, schema.json) }
        return try await host.request(
            "elicit",
            ["message": .string(message), "requestedSchema": .object(schema.json)],
            call: call
        )
    }

    /// Whether ``elicit(_:schema:)`` reaches this client by a result, because it speaks without a handshake.
    public var isAskedByResult: Bool { inquiry.isPossible }

    /// The secret that operations keep under a name; see ``HostServices/secret(_:)``.
    public func secret(_ name: String) async throws(MegaraptorError) -> Secret {
        try await host.secret(name)
    }

    /// How much time is left; `nil` where the host waits for ever.
    public var timeLeft: Duration? {
        deadline.map { $0 - ContinuousClock.now }
    }
}
