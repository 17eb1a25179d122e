// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import JSONValue
import MegaraptorErrors

/// The host's C functions as Swift calls them.
///
/// Unchecked because it holds pointers: the contract makes the host's struct valid and immutable for the life of the
/// process and all its functions callable from any thread.
struct HostBridge: @unchecked Sendable {
    private let host: UnsafePointer<mr_host>

    init(_ host: UnsafePointer<mr_host>) {
        self.host = host
    }

    func log(_ level: Int32, _ message: String) {
        withBorrowed(message) { host.pointee.log(host.pointee.ctx, level, $0) }
    }

    func progress(_ call: UInt64, _ done: Double, _ total: Double, _ message: String) {
        withBorrowed(message) { host.pointee.progress(host.pointee.ctx, call, done, total, $0) }
    }

    func complete(_ call: UInt64, _ status: Int32, _ bytes: [UInt8]) {
        host.pointee.complete(host.pointee.ctx, call, status, OwnedBytes.handOver(bytes))
    }

    func request(_ call: UInt64, _ method: String, _ params: [UInt8]) async -> Result<JSONValue, MegaraptorError> {
        await withCheckedContinuation { continuation in
            let pending = Unmanaged.passRetained(Reply(continuation)).toOpaque()
            let status = withBorrowed(method) { method in
                params.withUnsafeBufferPointer { params in
                    host.pointee.request(
                        host.pointee.ctx,
                        call,
                        method,
                        mr_borrowed(ptr: params.baseAddress, len: params.count),
                        { context, status, result in Reply.take(context)?.resume(status, result) },
                        pending
                    )
                }
            }
            if status != mr_status(MR_OK) { Reply.take(pending)?.resume(status, mr_borrowed(ptr: nil, len: 0)) }
        }
    }

    private func withBorrowed<R>(_ text: String, _ body: (mr_borrowed) -> R) -> R {
        var text = text
        return text.withUTF8 { body(mr_borrowed(ptr: $0.baseAddress, len: $0.count)) }
    }
}

/// Waits for the host's one answer to a request.
private final class Reply: Sendable {
    private let continuation: CheckedContinuation<Result<JSONValue, MegaraptorError>, Never>

    init(_ continuation: CheckedContinuation<Result<JSONValue, MegaraptorError>, Never>) {
        self.continuation = continuation
    }

    static func take(_ context: UnsafeMutableRawPointer?) -> Reply? {
        context.map { Unmanaged<Reply>.fromOpaque($0).takeRetainedValue() }
    }

    func resume(_ status: mr_status, _ result: mr_borrowed) {
        continuation.resume(
            returning: Self.decode(status, UnsafeRawBufferPointer(start: result.ptr, count: result.len))
        )
    }

    private static func decode(
        _ status: mr_status,
        _ bytes: UnsafeRawBufferPointer
    ) -> Result<JSONValue, MegaraptorError> {
        let code = MegaraptorError.Code(rawValue: status) ?? .internal
        // A request that was not taken has a status and nothing else.
        if bytes.isEmpty, status != mr_status(MR_OK) {
            return .failure(MegaraptorError(code, "The host refused the request."))
        }
        let value: JSONValue
        do {
            value = try JSONValue(json: bytes)
        } catch {
            return .failure(MegaraptorError(.internal, "The host's answer is not JSON.", cause: "\(error)"))
        }
        if status == mr_status(MR_OK) { return .success(value) }
        return .failure(MegaraptorError(json: value) ?? MegaraptorError(code, "The host refused the request."))
    }
}
