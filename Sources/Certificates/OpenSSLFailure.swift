// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import MegaraptorErrors

/// OpenSSL's own account of what went wrong on this thread.
enum OpenSSLFailure {
    /// An error with the reasons that OpenSSL has queued, which are taken off the queue.
    static func error(_ code: MegaraptorError.Code, _ message: String, hint: String = "") -> MegaraptorError {
        var reasons: [String] = []
        while case let number = ERR_get_error(), number != 0 {
            reasons.append(ERR_reason_error_string(number).map { String(cString: $0) } ?? "error \(number)")
        }
        return MegaraptorError(
            code,
            message,
            hint: hint,
            cause: reasons.isEmpty ? nil : "OpenSSL: " + reasons.joined(separator: ", ")
        )
    }

    /// The object, or the error that there is no memory for it.
    static func require<Object>(_ object: Object?) throws(MegaraptorError) -> Object {
        guard let object else { throw error(.resourceExhausted, "OpenSSL could not make an object") }
        return object
    }

    /// Turns a zero or negative answer into an error.
    static func check(_ answer: Int32, _ message: String) throws(MegaraptorError) {
        guard answer > 0 else { throw error(.internal, message) }
    }
}

/// Bytes in and out of OpenSSL.
enum OpenSSLMemory {
    /// Lends the bytes as a stream.
    static func reading<Answer>(
        _ bytes: [UInt8],
        _ body: (OpaquePointer) throws(MegaraptorError) -> Answer
    ) throws(MegaraptorError) -> Answer {
        guard let length = Int32(exactly: bytes.count) else {
            throw MegaraptorError(.invalidArgument, "more than 2 GiB of PEM")
        }
        return try bytes.withUnsafeBufferPointer { buffer throws(MegaraptorError) in
            let stream = try OpenSSLFailure.require(BIO_new_mem_buf(buffer.baseAddress, length))
            defer { BIO_free(stream) }
            return try body(stream)
        }
    }

    /// What `body` writes to a stream, as text.
    static func writing(_ body: (OpaquePointer) throws(MegaraptorError) -> Void) throws(MegaraptorError) -> String {
        let stream = try OpenSSLFailure.require(BIO_new(BIO_s_secmem()))
        defer { BIO_free(stream) }
        try body(stream)
        var start: UnsafeMutablePointer<CChar>?
        let length = mr_bio_get_mem_data(stream, &start)
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    /// The DER that an `i2d` function writes.
    static func encoding(
        _ message: String,
        _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) throws(MegaraptorError) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let length = write(&start)
        guard length > 0, let start else { throw OpenSSLFailure.error(.internal, message) }
        defer { CRYPTO_clear_free(start, Int(length), #fileID, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(length)))
    }
}
