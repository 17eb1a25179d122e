// SPDX-License-Identifier: Apache-2.0

import CGRPC

/// A message on its way into the core. Freed with the batch that sends it.
///
/// `@unchecked Sendable`: made by one thread, then only read by the core until the batch is done.
final class OutgoingMessage: @unchecked Sendable {
    let buffer: UnsafeMutablePointer<grpc_byte_buffer>?

    init(_ bytes: [UInt8]) {
        var slice = bytes.withUnsafeBytes { memory in
            grpc_slice_from_copied_buffer(memory.bindMemory(to: CChar.self).baseAddress, memory.count)
        }
        buffer = grpc_raw_byte_buffer_create(&slice, 1)
        grpc_slice_unref(slice)
    }

    deinit {
        grpc_byte_buffer_destroy(buffer)
    }
}

extension [UInt8] {
    /// The bytes of a received message, copied once. The buffer is freed.
    init(consuming buffer: UnsafeMutablePointer<grpc_byte_buffer>) throws(GRPCStatus) {
        defer { grpc_byte_buffer_destroy(buffer) }
        var reader = grpc_byte_buffer_reader()
        guard grpc_byte_buffer_reader_init(&reader, buffer) != 0 else {
            throw GRPCStatus(.internal, "A received message could not be decompressed.")
        }
        defer { grpc_byte_buffer_reader_destroy(&reader) }
        // Of a compressed message the length is not known beforehand, so the array grows where it must.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(grpc_byte_buffer_length(buffer))
        var slice: UnsafeMutablePointer<grpc_slice>?
        while grpc_byte_buffer_reader_peek(&reader, &slice) != 0, let piece = slice {
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: mr_grpc_slice_start(piece), count: mr_grpc_slice_length(piece))
            )
        }
        self = bytes
    }
}

extension String {
    /// The text of a slice that stays the caller's.
    init(borrowing slice: grpc_slice) {
        // An inlined slice holds its bytes in itself: the pointer is only good while the copy lives.
        self = withUnsafePointer(to: slice) { slice in
            String(
                decoding: UnsafeBufferPointer(start: mr_grpc_slice_start(slice), count: mr_grpc_slice_length(slice)),
                as: UTF8.self
            )
        }
    }
}
