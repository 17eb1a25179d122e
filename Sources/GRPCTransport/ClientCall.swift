// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Synchronization

/// One call in flight: one message out, any number in.
///
/// Messages are received ahead of the reader up to a high-water mark; beyond it nothing is asked of the core, and
/// its flow control holds the server back. Each batch in flight retains the call.
final class ClientCall: Sendable {
    /// How much may wait for the reader before receiving pauses.
    private enum HighWater {
        static let messages = 64
        static let bytes = 1 << 20
    }

    private struct State {
        var waiting: [[UInt8]] = []
        var waitingBytes = 0
        var receiving = false
        /// No further message will come.
        var drained = false
        /// Set when the call is over. Outlives the messages that came before it.
        var status: GRPCStatus?
        /// What this side found wrong; it decides over what the server says.
        var fault: GRPCStatus?
        var reader: CheckedContinuation<Void, Never>?
    }

    /// What the reader gets: messages, or the end.
    enum Chunk {
        case messages([[UInt8]])
        case end(GRPCStatus)
    }

    private let handle: CoreHandle
    private let channel: GRPCChannel
    private let state = Mutex(State())
    private let message = Slot<UnsafeMutablePointer<grpc_byte_buffer>?>(nil)
    private let initialMetadata = Slot(grpc_metadata_array())
    private let statusSlots = StatusSlots()

    init(_ handle: CoreHandle, channel: GRPCChannel) {
        self.handle = handle
        self.channel = channel
    }

    deinit {
        grpc_metadata_array_destroy(initialMetadata.pointer)
        grpc_call_unref(handle.pointer)
    }

    func start(_ request: [UInt8]) {
        let outgoing = OutgoingMessage(request)
        state.withLock { state in
            let finish = Completion { _ in self.finished() }
            let send = Completion { _ in withExtendedLifetime((self, outgoing)) {} }
            let started =
                startBatch(handle, [.receiveStatus(into: statusSlots)], finish)
                && startBatch(
                    handle,
                    [
                        .sendInitialMetadata, .send(outgoing), .sendCloseFromClient,
                        .receiveInitialMetadata(into: initialMetadata),
                    ],
                    send
                )
            guard started else {
                return fail(&state, "The gRPC core refused to start the call.")
            }
            receive(&state)
        }
    }

    func cancel() {
        grpc_call_cancel(handle.pointer, nil)
    }

    /// Everything that waits, or the end once nothing does. Suspends until there is one or the other.
    func next() async -> Chunk {
        while true {
            if let chunk = state.withLock({ take(&$0) }) { return chunk }
            await withTaskCancellationHandler {
                await withCheckedContinuation { (reader: CheckedContinuation<Void, Never>) in
                    let ready = state.withLock { state in
                        guard state.waiting.isEmpty, !isOver(state) else { return true }
                        state.reader = reader
                        return false
                    }
                    if ready { reader.resume() }
                }
            } onCancel: {
                cancel()
            }
        }
    }

    private func isOver(_ state: State) -> Bool {
        state.drained && (state.status != nil || state.fault != nil)
    }

    private func take(_ state: inout State) -> Chunk? {
        guard state.waiting.isEmpty else {
            let messages = state.waiting
            state.waiting = []
            state.waitingBytes = 0
            receive(&state)
            return .messages(messages)
        }
        guard state.drained, let status = state.fault ?? state.status else { return nil }
        return .end(status)
    }

    private func receive(_ state: inout State) {
        guard !state.receiving, !state.drained, state.waiting.count < HighWater.messages,
            state.waitingBytes < HighWater.bytes
        else { return }
        state.receiving = startBatch(
            handle,
            [.receiveMessage(into: message)],
            Completion { _ in self.received() }
        )
        if !state.receiving { fail(&state, "The gRPC core refused to receive a message.") }
    }

    private func received() {
        let reader = state.withLock { state in
            state.receiving = false
            guard let buffer = message.value else {
                state.drained = true
                return wake(&state)
            }
            message.value = nil
            do throws(GRPCStatus) {
                let bytes = try [UInt8](consuming: buffer)
                state.waitingBytes += bytes.count
                state.waiting.append(bytes)
                receive(&state)
            } catch {
                state.fault = error
                state.drained = true
                cancel()
            }
            return wake(&state)
        }
        reader?.resume()
    }

    private func finished() {
        let reader = state.withLock { state in
            state.status = statusSlots.status
            return wake(&state)
        }
        reader?.resume()
    }

    private func fail(_ state: inout State, _ details: String) {
        state.fault = GRPCStatus(.internal, details)
        state.drained = true
        cancel()
    }

    /// The reader, if it waits and there is something for it.
    private func wake(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        guard !state.waiting.isEmpty || isOver(state) else { return nil }
        defer { state.reader = nil }
        return state.reader
    }
}
