// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Glibc

/// One next-style queue of the core and the one thread that empties it.
///
/// Each batch carries a retained ``Completion`` as its tag; the thread takes it back and runs it. Everything that
/// can have a batch in flight holds the queue, so that its end is never reached with work outstanding.
final class CompletionQueue: Sendable {
    let handle: CoreHandle

    init() throws(GRPCStatus) {
        Core.start
        handle = try CoreHandle(made: grpc_completion_queue_create_for_next(nil), "completion queue")
        guard Self.startThread(for: handle.pointer) else {
            throw GRPCStatus(.internal, "No thread could be started for the gRPC completion queue.")
        }
    }

    /// Lets the thread drain what is left; it then frees the queue.
    deinit {
        grpc_completion_queue_shutdown(handle.pointer)
    }

    /// Signals stay with the program's other threads: the process decides who handles them.
    private static func startThread(for queue: OpaquePointer) -> Bool {
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, drainCompletionQueue, UnsafeMutableRawPointer(queue))
        guard failure == 0 else { return false }
        pthread_detach(thread)
        return true
    }
}

private func drainCompletionQueue(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let queue = OpaquePointer(context)
    let never = gpr_inf_future(GPR_CLOCK_REALTIME)
    while true {
        let event = grpc_completion_queue_next(queue, never, nil)
        if event.type == GRPC_QUEUE_SHUTDOWN { break }
        guard event.type == GRPC_OP_COMPLETE, let tag = event.tag else { continue }
        Completion.take(tag).run(event.success != 0)
    }
    grpc_completion_queue_destroy(queue)
    return nil
}

/// What happens when a batch is done. Runs on the queue's thread, so it must not block.
final class Completion: Sendable {
    private let body: @Sendable (_ success: Bool) -> Void

    init(_ body: @escaping @Sendable (_ success: Bool) -> Void) {
        self.body = body
    }

    func run(_ success: Bool) { body(success) }

    /// Hands one reference to the core.
    func makeTag() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

    /// Takes back the reference that ``makeTag()`` gave away.
    static func take(_ tag: UnsafeMutableRawPointer) -> Completion {
        Unmanaged<Completion>.fromOpaque(tag).takeRetainedValue()
    }
}
