// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Keeps messages in memory, for tests and for hosts that embed the server.
public final class InMemorySink: MessageSink {
    /// Every flushed message, without its newline, in order.
    public let messages: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation
    private let held = Mutex<[[UInt8]]>([])

    public init() {
        (messages, continuation) = AsyncStream.makeStream()
    }

    public func write(flush: Bool, _ build: (inout [UInt8]) -> Void) {
        held.withLock { held in
            var message: [UInt8] = []
            build(&message)
            held.append(message)
            if flush { release(&held) }
        }
    }

    public func flush() {
        held.withLock { release(&$0) }
    }

    /// Ends ``messages``.
    public func close() {
        continuation.finish()
    }

    private func release(_ held: inout [[UInt8]]) {
        for message in held { continuation.yield(message) }
        held.removeAll()
    }
}
