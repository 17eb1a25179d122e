// SPDX-License-Identifier: Apache-2.0

import CGRPC

/// A pointer to an object of the C core: a channel, a call, a server, a queue.
///
/// `@unchecked Sendable`: the core lets any thread use these objects. Its one exception, starting two batches on
/// one call at the same time, is kept by the `Mutex` of the call's owner.
struct CoreHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// Takes what a constructor of the core returned.
    init(made pointer: OpaquePointer?, _ what: String) throws(GRPCStatus) {
        guard let pointer else { throw GRPCStatus(.internal, "The gRPC core could not make a \(what).") }
        self.pointer = pointer
    }
}

/// Memory at a fixed place into which the core writes the outcome of a batch.
///
/// `@unchecked Sendable`: the core writes between the start of a batch and its completion; this side reads only
/// after the completion, which the queue hands over.
final class Slot<Value>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Value>

    init(_ value: Value) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: value)
    }

    deinit {
        pointer.deinitialize(count: 1)
        pointer.deallocate()
    }

    var value: Value {
        get { pointer.pointee }
        set { pointer.pointee = newValue }
    }
}
