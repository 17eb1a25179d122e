// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The body of a request on its way out.
struct HTTPUpload {
    private let body: HTTPRequestBody
    private var offset: Int64 = 0

    init(_ body: HTTPRequestBody) {
        self.body = body
    }

    var hasBody: Bool {
        if case .none = body { false } else { true }
    }

    /// `nil` where it is not known.
    var length: Int64? {
        switch body {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }

    var isChunked: Bool { hasBody && length == nil }

    /// - Returns: how many bytes were filled in; 0 at the end.
    mutating func fill(_ room: UnsafeMutableRawBufferPointer) throws -> Int {
        let next: ArraySlice<UInt8>
        switch body {
        case .none: return 0
        case .bytes(let bytes): next = bytes.dropFirst(Int(offset)).prefix(room.count)
        case .stream(let length, let source):
            next = try source(room.count)[...]
            guard next.count <= room.count else {
                throw MegaraptorError(.internal, "A request's source gave more than it was asked for.")
            }
            if next.isEmpty, let length, offset < length {
                throw MegaraptorError(
                    .failedPrecondition,
                    "What was to be sent ends after \(offset) of \(length) bytes."
                )
            }
        }
        room.copyBytes(from: next)
        offset += Int64(next.count)
        return next.count
    }

    /// Goes back to the first byte, where that is possible.
    mutating func rewind() -> Bool {
        if case .stream = body { return offset == 0 }
        offset = 0
        return true
    }
}
