// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Cuts a descriptor's bytes into lines, in one buffer and without copying them.
///
/// Only the newline frames; what stands in a line is the business of whoever reads it.
public struct LineReader: ~Copyable {
    public enum Event {
        /// A line without its newline. The bytes are valid until the next call.
        case line(UnsafeRawBufferPointer)
        /// A line grew beyond the limit; it is skipped, and the next one follows.
        case lineTooLong
        /// Nothing complete is buffered: the next call may wait.
        case drained
        /// The end of the input. A last line without newline has been given before.
        case end
        /// Somebody made the wake-up descriptor readable.
        case interrupted
    }

    private let descriptor: Int32
    private let wakeUp: Int32?
    private let lineLimit: Int
    private var storage: UnsafeMutableRawBufferPointer
    /// The bytes read and not yet given out.
    private var filled = 0..<0
    /// Where the search for a newline goes on.
    private var searched = 0
    private var isSkipping = false
    private var reachedEnd = false
    private var mayWait = false

    /// What a pipe holds; the buffer returns to it after a large message.
    private static let usualCapacity = 1 << 16

    /// - Parameters:
    ///   - wakeUp: a descriptor that ends the wait by becoming readable.
    ///   - lineLimit: the longest line that is taken, in bytes.
    public init(descriptor: Int32, wakeUp: Int32? = nil, lineLimit: Int) {
        self.descriptor = descriptor
        self.wakeUp = wakeUp
        self.lineLimit = lineLimit
        storage = .allocate(byteCount: Self.usualCapacity, alignment: 16)
    }

    deinit { storage.deallocate() }

    /// The next thing that happens. Waits only directly after ``Event/drained``.
    public mutating func next() -> Event {
        while true {
            if let line = takeLine() {
                if isSkipping {
                    isSkipping = false
                    continue
                }
                mayWait = false
                return line.count > lineLimit ? .lineTooLong : .line(line)
            }
            if filled.count > lineLimit, !isSkipping {
                isSkipping = true
                discard()
                return .lineTooLong
            }
            if isSkipping { discard() }
            if reachedEnd { return .end }
            if !mayWait {
                mayWait = true
                return .drained
            }
            guard waitForInput() else { return .interrupted }
            fill()
        }
    }

    private mutating func takeLine() -> UnsafeRawBufferPointer? {
        guard let base = storage.baseAddress else { return nil }
        let unsearched = filled.upperBound - searched
        guard unsearched > 0, let newline = memchr(base + searched, 0x0A, unsearched) else {
            searched = filled.upperBound
            return reachedEnd ? takeRest() : nil
        }
        let end = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
        let line = UnsafeRawBufferPointer(rebasing: storage[filled.lowerBound..<end])
        filled = (end + 1)..<filled.upperBound
        searched = end + 1
        return line
    }

    /// What stands behind the last newline when the input ends.
    private mutating func takeRest() -> UnsafeRawBufferPointer? {
        guard !filled.isEmpty else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: storage[filled])
        filled = filled.upperBound..<filled.upperBound
        return line
    }

    private mutating func discard() {
        filled = 0..<0
        searched = 0
    }

    private func waitForInput() -> Bool {
        guard let wakeUp else { return true }
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&descriptors, 2, -1) < 0, errno == EINTR {}
        return descriptors[1].revents == 0
    }

    private mutating func fill() {
        makeRoom()
        guard let base = storage.baseAddress else { return }
        while true {
            let count = read(descriptor, base + filled.upperBound, storage.count - filled.upperBound)
            if count > 0 {
                filled = filled.lowerBound..<(filled.upperBound + count)
                return
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&one, 1, -1)
                continue
            }
            // A broken input is an ended one: nobody is left to be told.
            reachedEnd = true
            return
        }
    }

    /// Moves what is left to the front, and grows or shrinks the buffer.
    private mutating func makeRoom() {
        if filled.isEmpty {
            discard()
            if storage.count > Self.usualCapacity { replaceStorage(capacity: Self.usualCapacity) }
            return
        }
        if filled.count * 2 > storage.count {
            replaceStorage(capacity: storage.count * 2)
        } else if filled.lowerBound > 0, let base = storage.baseAddress {
            memmove(base, base + filled.lowerBound, filled.count)
            searched -= filled.lowerBound
            filled = 0..<filled.count
        }
    }

    private mutating func replaceStorage(capacity: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[filled]))
        storage.deallocate()
        storage = larger
        searched -= filled.lowerBound
        filled = 0..<filled.count
    }
}
