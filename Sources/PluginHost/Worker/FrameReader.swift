// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Cuts a socket's bytes into frames. Takes memory only for bytes that have arrived, whatever length they announce.
package struct FrameReader {
    package init() {}

    private var buffer: [UInt8] = []
    /// Where the next frame begins.
    private var start = 0

    private static let chunk = 1 << 16
    private static let retainedCapacity = 1 << 18

    /// The next frame; waits for it. `nil` at the end.
    mutating func next(from descriptor: Int32) throws(FrameFault) -> Frame? {
        while true {
            if let frame = try take() { return frame }
            discard()
            let part = [UInt8](unsafeUninitializedCapacity: Self.chunk) { space, count in
                repeat { count = recv(descriptor, space.baseAddress, space.count, 0) } while count < 0 && errno == EINTR
                count = max(0, count)
            }
            if part.isEmpty { return nil }
            feed(part)
        }
    }

    package mutating func feed(_ bytes: [UInt8]) { buffer += bytes }

    /// The next frame if it has arrived whole.
    package mutating func take() throws(FrameFault) -> Frame? {
        guard buffer.count - start >= Frame.lengthSize else { return nil }
        let length = Int(integer(UInt32.self, at: start))
        guard (Frame.headerSize...Frame.largest).contains(length) else {
            throw FrameFault(description: "a message of \(length) bytes")
        }
        let head = start + Frame.lengthSize
        guard buffer.count - head >= length else { return nil }
        guard let kind = Frame.Kind(rawValue: buffer[head]) else {
            throw FrameFault(description: "a message of the unknown kind \(buffer[head])")
        }
        let textStart = head + Frame.headerSize
        let textLength = Int(integer(UInt32.self, at: head + 17))
        guard textLength <= length - Frame.headerSize else {
            throw FrameFault(description: "a message whose text is longer than itself")
        }
        let bodyStart = textStart + textLength
        let frame = Frame(
            kind: kind,
            id: integer(UInt64.self, at: head + 1),
            number: integer(UInt64.self, at: head + 9),
            text: String(decoding: buffer[textStart..<bodyStart], as: UTF8.self),
            body: Array(buffer[bodyStart..<(head + length)])
        )
        start = head + length
        return frame
    }

    private func integer<Number: FixedWidthInteger>(_: Number.Type, at place: Int) -> Number {
        buffer.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self)) }
    }

    /// Drops what was taken, and the room that one large frame needed.
    private mutating func discard() {
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= Self.retainedCapacity)
        } else if start > 0 {
            buffer.removeFirst(start)
        }
        start = 0
    }
}
