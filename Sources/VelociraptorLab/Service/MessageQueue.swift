// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Carries a query's messages from the thread that runs it to the task that sends them, and holds the thread back
/// while too many wait.
final class MessageQueue: Sendable {
    private struct State {
        var waiting = 0
        var isAbandoned = false
    }

    private static let limit = 256

    /// The messages, in order; for one reader.
    let messages: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation
    private let room = NSCondition()
    private let state = Mutex(State())

    init() {
        (messages, continuation) = AsyncStream.makeStream()
    }

    /// Adds a message without waiting.
    func append(_ message: [UInt8]) {
        state.withLock { $0.waiting += 1 }
        continuation.yield(message)
    }

    /// Blocks the calling thread until few enough messages wait. Throws when nobody reads them any more.
    func waitForRoom() throws {
        if try hasRoom() { return }
        room.lock()
        defer { room.unlock() }
        while try !hasRoom() { room.wait() }
    }

    /// Throws when nobody reads the messages any more.
    func checkReader() throws { _ = try hasRoom() }

    private func hasRoom() throws -> Bool {
        try state.withLock { state in
            if state.isAbandoned { throw CancellationError() }
            return state.waiting < Self.limit
        }
    }

    /// The reader has passed on one message.
    func sent() {
        let wasFull = state.withLock { state in
            state.waiting -= 1
            return state.waiting == Self.limit - 1
        }
        if wasFull { wake() }
    }

    /// No more messages come.
    func finish() { continuation.finish() }

    /// The reader has gone.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        continuation.finish()
        wake()
    }

    private func wake() {
        room.lock()
        room.broadcast()
        room.unlock()
    }
}
