// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Synchronization

/// One life of a server, from bind to the end of its last call.
final class Listener: Sendable {
    private struct State {
        var nextCall: UInt64 = 0
        var tasks: [UInt64: Task<Void, Never>] = [:]
    }

    let port: Int
    private let server: CoreHandle
    private let queue: CompletionQueue
    private let maxReceiveBytes: Int
    private let handler: GRPCServer.Handler
    private let state = Mutex(State())

    init(_ configuration: GRPCServerConfiguration, handler: @escaping GRPCServer.Handler) throws(GRPCStatus) {
        let queue = try CompletionQueue()
        let server = try CoreHandle(
            made: configuration.arguments.withCore { grpc_server_create($0, nil) },
            "server"
        )
        grpc_server_register_completion_queue(server.pointer, queue.handle.pointer, nil)
        do throws(GRPCStatus) {
            let credentials = try configuration.makeCredentials()
            defer { grpc_server_credentials_release(credentials.pointer) }
            let address = "\(configuration.host):\(configuration.port)"
            port = Int(grpc_server_add_http2_port(server.pointer, address, credentials.pointer))
            guard port != 0 else {
                throw GRPCStatus(
                    .unavailable,
                    "\(address) cannot be listened on: it is in use, or the PEM texts are bad."
                )
            }
        } catch {
            Self.destroy(server, queue)
            throw error
        }
        grpc_server_start(server.pointer)
        self.server = server
        self.queue = queue
        self.maxReceiveBytes = configuration.maxReceiveBytes
        self.handler = handler
    }

    /// Frees the core's server once its shutdown has completed, as the core wants it.
    private static func destroy(_ server: CoreHandle, _ queue: CompletionQueue) {
        let tag = Completion { _ in
            grpc_server_destroy(server.pointer)
            withExtendedLifetime(queue) {}
        }.makeTag()
        grpc_server_shutdown_and_notify(server.pointer, queue.handle.pointer, tag)
    }

    /// Takes one call, and then the next.
    func acceptNext() {
        let arrival = Arrival()
        let tag = Completion { success in
            guard success, let call = arrival.call.value else { return }
            self.acceptNext()
            ServerCall(CoreHandle(call), arrival, self.queue)
                .start(maxReceiveBytes: self.maxReceiveBytes) { self.handle($0) }
        }.makeTag()
        let outcome = grpc_server_request_call(
            server.pointer,
            arrival.call.pointer,
            arrival.details.pointer,
            arrival.metadata.pointer,
            queue.handle.pointer,
            queue.handle.pointer,
            tag
        )
        if outcome != GRPC_CALL_OK { _ = Completion.take(tag) }
    }

    /// Runs the handler in a task that the end of the call cancels and the end of the server awaits.
    private func handle(_ call: ServerCall) {
        state.withLock { state in
            let id = state.nextCall
            state.nextCall += 1
            let task = Task {
                await handler(call)
                await call.finish(GRPCStatus(.internal, "The handler of \(call.method) ended without a status."))
                self.state.withLock { $0.tasks[id] = nil }
            }
            state.tasks[id] = task
            call.attach(task)
        }
    }

    /// Ends without anybody waiting for it.
    func abandon() {
        Self.destroy(server, queue)
        grpc_server_cancel_all_calls(server.pointer)
    }

    func shutDown(_ shutdown: GRPCServer.Shutdown) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let tag = Completion { _ in continuation.resume() }.makeTag()
            grpc_server_shutdown_and_notify(server.pointer, queue.handle.pointer, tag)
            if shutdown == .abrupt { grpc_server_cancel_all_calls(server.pointer) }
        }
        for task in state.withLock({ Array($0.tasks.values) }) { await task.value }
        grpc_server_destroy(server.pointer)
    }
}

/// Where the core writes down a new call.
final class Arrival: Sendable {
    let call = Slot<OpaquePointer?>(nil)
    let details = Slot(grpc_call_details())
    let metadata = Slot(grpc_metadata_array())

    init() {
        grpc_call_details_init(details.pointer)
        grpc_metadata_array_init(metadata.pointer)
    }

    deinit {
        grpc_call_details_destroy(details.pointer)
        grpc_metadata_array_destroy(metadata.pointer)
    }
}
