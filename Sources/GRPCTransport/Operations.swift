// SPDX-License-Identifier: Apache-2.0

import CGRPC

/// The operations of the core that a batch is made of.
extension grpc_op {
    private init(_ type: grpc_op_type) {
        self.init()
        op = type
    }

    /// Without any metadata of our own.
    static var sendInitialMetadata: grpc_op { grpc_op(GRPC_OP_SEND_INITIAL_METADATA) }

    static var sendCloseFromClient: grpc_op { grpc_op(GRPC_OP_SEND_CLOSE_FROM_CLIENT) }

    /// `bufferHint`: the core may keep the bytes until more follow.
    static func send(_ message: OutgoingMessage, bufferHint: Bool = false) -> grpc_op {
        var operation = grpc_op(GRPC_OP_SEND_MESSAGE)
        operation.flags = bufferHint ? GRPC_WRITE_BUFFER_HINT : 0
        operation.data.send_message.send_message = message.buffer
        return operation
    }

    /// `details` must live until the batch has been started.
    static func sendStatus(_ code: GRPCStatus.Code, details: UnsafeMutablePointer<grpc_slice>) -> grpc_op {
        var operation = grpc_op(GRPC_OP_SEND_STATUS_FROM_SERVER)
        operation.data.send_status_from_server.status = grpc_status_code(rawValue: code.rawValue)
        operation.data.send_status_from_server.status_details = details
        return operation
    }

    static func receiveInitialMetadata(into slot: Slot<grpc_metadata_array>) -> grpc_op {
        var operation = grpc_op(GRPC_OP_RECV_INITIAL_METADATA)
        operation.data.recv_initial_metadata.recv_initial_metadata = slot.pointer
        return operation
    }

    static func receiveMessage(into slot: Slot<UnsafeMutablePointer<grpc_byte_buffer>?>) -> grpc_op {
        var operation = grpc_op(GRPC_OP_RECV_MESSAGE)
        operation.data.recv_message.recv_message = slot.pointer
        return operation
    }

    static func receiveStatus(into status: StatusSlots) -> grpc_op {
        var operation = grpc_op(GRPC_OP_RECV_STATUS_ON_CLIENT)
        operation.data.recv_status_on_client.trailing_metadata = status.trailingMetadata.pointer
        operation.data.recv_status_on_client.status = status.code.pointer
        operation.data.recv_status_on_client.status_details = status.details.pointer
        operation.data.recv_status_on_client.error_string = status.error.pointer
        return operation
    }

    static func receiveClose(cancelled slot: Slot<Int32>) -> grpc_op {
        var operation = grpc_op(GRPC_OP_RECV_CLOSE_ON_SERVER)
        operation.data.recv_close_on_server.cancelled = slot.pointer
        return operation
    }
}

/// Where the core writes a call's status.
final class StatusSlots: Sendable {
    let trailingMetadata = Slot(grpc_metadata_array())
    let code = Slot(GRPC_STATUS_UNKNOWN)
    let details = Slot(grpc_empty_slice())
    let error = Slot<UnsafePointer<CChar>?>(nil)

    /// What was written. Only after the batch is done.
    var status: GRPCStatus {
        GRPCStatus(
            GRPCStatus.Code(rawValue: code.value.rawValue) ?? .unknown,
            String(borrowing: details.value),
            debug: error.value.map { String(cString: $0) } ?? ""
        )
    }

    deinit {
        grpc_metadata_array_destroy(trailingMetadata.pointer)
        grpc_slice_unref(details.value)
        if let text = error.value { gpr_free(UnsafeMutableRawPointer(mutating: text)) }
    }
}

/// Starts one batch. Only one thread at a time may do so on one call.
///
/// - Returns: whether the core took it; where it did not, `completion` never runs.
func startBatch(_ call: CoreHandle, _ operations: [grpc_op], _ completion: Completion) -> Bool {
    let tag = completion.makeTag()
    let outcome = grpc_call_start_batch(call.pointer, operations, operations.count, tag, nil)
    guard outcome == GRPC_CALL_OK else {
        _ = Completion.take(tag)
        return false
    }
    return true
}
