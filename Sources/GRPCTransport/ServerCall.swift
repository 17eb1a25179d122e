// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Synchronization

/// One call as its handler sees it: a request, any number of answers, a status.
///
/// The handler's task is cancelled when the client goes away, cancels, or its deadline passes. A handler that returns
/// without a status ends the call with `internal`.
public final class ServerCall: Sendable {
    /// How much may wait for the client before ``send(_:)`` suspends.
    private enum HighWater {
        static let messages = 64
        static let bytes = 256 << 10
    }

    private struct State {
        var metadataSent = false
        var outgoing: [[UInt8]] = []
        var outgoingBytes = 0
        var sending = false
        var writers: [CheckedContinuation<Void, Never>] = []
        var status: GRPCStatus?
        var statusSent = false
        /// The call is over; nothing that is sent arrives any more.
        var closed = false
        /// The client did not wait for the status.
        var abandoned = false
        var task: Task<Void, Never>?

        var isFull: Bool { outgoing.count >= HighWater.messages || outgoingBytes >= HighWater.bytes }
    }

    /// `/package.Service/Method`.
    public let method: String
    /// The common name of the client's certificate.
    public let peerName: String?
    /// The message the client sent.
    public var request: [UInt8] { received.value }

    private let handle: CoreHandle
    private let queue: CompletionQueue
    private let state = Mutex(State())
    private let message = Slot<UnsafeMutablePointer<grpc_byte_buffer>?>(nil)
    private let received = Slot<[UInt8]>([])
    private let cancelled = Slot<Int32>(0)

    init(_ handle: CoreHandle, _ arrival: Arrival, _ queue: CompletionQueue) {
        self.handle = handle
        self.queue = queue
        method = String(borrowing: arrival.details.value.method)
        peerName = Self.property(GRPC_X509_CN_PROPERTY_NAME, of: handle)
    }

    deinit {
        grpc_call_unref(handle.pointer)
    }

    /// The client's certificate as PEM.
    public var peerCertificate: String? { Self.property(GRPC_X509_PEM_CERT_PROPERTY_NAME, of: handle) }

    private static func property(_ name: String, of call: CoreHandle) -> String? {
        guard let context = grpc_call_auth_context(call.pointer) else { return nil }
        defer { grpc_auth_context_release(context) }
        var values = grpc_auth_context_find_properties_by_name(context, name)
        guard let property = grpc_auth_property_iterator_next(&values), let value = property.pointee.value else {
            return nil
        }
        let bytes = UnsafeRawBufferPointer(start: value, count: property.pointee.value_length)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Answering

    /// Sends one message. Suspends while too much waits for the client to take it.
    ///
    /// Throws `cancelled` once the call is over.
    public func send(_ message: [UInt8]) async throws(GRPCStatus) {
        let full = state.withLock { state in
            guard !state.closed, state.status == nil else { return false }
            state.outgoing.append(message)
            state.outgoingBytes += message.count
            pump(&state)
            return state.isFull
        }
        if full { await untilWritable() }
        guard state.withLock({ !$0.closed && $0.status == nil }) else {
            throw GRPCStatus(.cancelled, "The call is over.")
        }
    }

    /// Ends the call after what was sent. Returns when the status has left or the client has. Only the first status counts.
    public func finish(_ status: GRPCStatus = .ok) async {
        state.withLock { state in
            if state.status == nil { state.status = status }
            pump(&state)
        }
        while state.withLock({ !$0.closed && !$0.statusSent }) { await untilWritable() }
    }

    /// Returns when there is room again, when the status has left, or when the call is over.
    private func untilWritable() async {
        await withCheckedContinuation { (writer: CheckedContinuation<Void, Never>) in
            let ready = state.withLock { state in
                guard !mayContinue(state) else { return true }
                state.writers.append(writer)
                return false
            }
            if ready { writer.resume() }
        }
    }

    private func mayContinue(_ state: State) -> Bool {
        state.closed || state.statusSent || (state.status == nil && !state.isFull)
    }

    /// Starts the next batch if none is out: a message, or the status after the last one.
    private func pump(_ state: inout State) {
        guard !state.sending, !state.closed, !state.statusSent else { return }
        var operations: [grpc_op] = state.metadataSent ? [] : [.sendInitialMetadata]
        let started: Bool
        if !state.outgoing.isEmpty {
            let bytes = state.outgoing.removeFirst()
            state.outgoingBytes -= bytes.count
            let outgoing = OutgoingMessage(bytes)
            operations.append(.send(outgoing, bufferHint: !state.outgoing.isEmpty))
            started = startBatch(handle, operations, Completion { self.sent($0, outgoing) })
        } else if let status = state.status {
            var details = grpc_slice_from_copied_string(status.details)
            defer { grpc_slice_unref(details) }
            started = withUnsafeMutablePointer(to: &details) { details in
                operations.append(.sendStatus(status.code, details: details))
                return startBatch(handle, operations, Completion { _ in self.sentStatus() })
            }
        } else {
            return
        }
        state.metadataSent = true
        state.sending = started
        if !started { state.closed = true }
    }

    private func sent(_ success: Bool, _ message: OutgoingMessage) {
        wake { state in
            state.sending = false
            guard success else {
                state.closed = true
                state.outgoing = []
                return
            }
            pump(&state)
        }
    }

    private func sentStatus() {
        wake { state in
            state.sending = false
            state.statusSent = true
        }
    }

    /// Changes the state, then wakes the writers that can go on.
    private func wake(_ change: (inout State) -> Void) {
        let writers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            change(&state)
            guard mayContinue(state) else { return [] }
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume() }
    }

    // MARK: - The server's side

    /// Waits for the request and for the end. `onRequest` runs on the queue's thread, once, unless the client gives up
    /// before its request is complete.
    func start(maxReceiveBytes: Int, onRequest: @escaping @Sendable (ServerCall) -> Void) {
        let close = Completion { _ in self.ended() }
        let receive = Completion { _ in
            if self.takeRequest(maxReceiveBytes) { onRequest(self) }
        }
        let started =
            startBatch(handle, [.receiveClose(cancelled: cancelled)], close)
            && startBatch(handle, [.receiveMessage(into: message)], receive)
        if !started { grpc_call_cancel(handle.pointer, nil) }
    }

    /// The task that runs the handler, to be cancelled with the call.
    func attach(_ task: Task<Void, Never>) {
        let abandoned = state.withLock { state in
            state.task = task
            return state.abandoned
        }
        if abandoned { task.cancel() }
    }

    private func takeRequest(_ maxReceiveBytes: Int) -> Bool {
        guard let buffer = message.value else {
            refuse(GRPCStatus(.internal, "The call carried no request."))
            return false
        }
        let size = grpc_byte_buffer_length(buffer)
        guard size <= maxReceiveBytes else {
            grpc_byte_buffer_destroy(buffer)
            let text = "grpc: received message larger than max (\(size) vs. \(maxReceiveBytes))"
            refuse(GRPCStatus(.resourceExhausted, text))
            return false
        }
        do throws(GRPCStatus) {
            received.value = try [UInt8](consuming: buffer)
            return true
        } catch {
            refuse(error)
            return false
        }
    }

    private func refuse(_ status: GRPCStatus) {
        state.withLock { state in
            state.status = status
            pump(&state)
        }
    }

    private func ended() {
        var task: Task<Void, Never>?
        wake { state in
            state.closed = true
            state.outgoing = []
            state.abandoned = cancelled.value != 0
            if state.abandoned { task = state.task }
            state.task = nil
        }
        task?.cancel()
    }
}
