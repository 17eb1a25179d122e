// SPDX-License-Identifier: Apache-2.0

/// One message between the host and a worker. Both are the same program, so this format is nobody else's business.
///
/// On the wire: the length of what follows (4 bytes, little-endian), kind (1), id (8), number (8), the length of the
/// text (4), the text, the body.
package struct Frame: Sendable, Equatable {
    package enum Kind: UInt8 {
        /// Host: open this (body: JSON). The number is ``Frame/version``.
        case hello = 1
        /// Worker: it is open and describes itself so (body).
        case ready
        /// Worker: it cannot be opened (number: code, body: failure).
        case refused
        /// Host: a call (id) of a method (text) with params (body).
        case invoke
        /// Worker: the answer to a call (id; number: status; body).
        case complete
        /// Host: nobody waits for this call (id) any more.
        case cancel
        /// Worker: it has told its plugin so, and says no more about the call.
        case cancelled
        /// Worker: how far a call (id) is (number: done; body: total; text).
        case progress
        /// Worker: a line (text) for the log (number: level).
        case log
        /// Worker: a request (id) of a method (text) on behalf of a call (number) with params (body).
        case request
        /// Host: the answer to a request (id; number: status; body).
        case reply
        /// Host: end service within so many milliseconds (number), then leave.
        case deactivate
    }

    static let version: UInt64 = 1
    /// The largest result that operations can allow is 64 MiB of text, which JSON may hold twice.
    static let largest = 256 << 20
    static let lengthSize = 4
    static let headerSize = 21

    package var kind: Kind
    package var id: UInt64 = 0
    package var number: UInt64 = 0
    package var text = ""
    package var body: [UInt8] = []

    package var bytes: [UInt8] {
        let text = Array(text.utf8)
        let length = Self.headerSize + text.count + body.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.lengthSize + length)
        bytes.append(UInt32(clamping: length))
        bytes.append(kind.rawValue)
        bytes.append(id)
        bytes.append(number)
        bytes.append(UInt32(clamping: text.count))
        bytes += text
        bytes += body
        return bytes
    }
}

extension [UInt8] {
    mutating func append(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

/// Why bytes are no frame.
package struct FrameFault: Error, CustomStringConvertible {
    package let description: String
}
