// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors
import Synchronization

/// One request under way: what its thread and its reader know of each other.
final class Transfer: Sendable {
    /// Where the body of an answer goes.
    enum Sink: Sendable {
        case reader
        /// Only the body of a success; any other goes to the reader.
        case file(Int32)
    }

    /// Bytes that may wait for the reader before the server is held back, and those at which it goes on.
    private enum Mark {
        static let high = 256 << 10
        static let low = 64 << 10
    }

    private struct State {
        var multi: CurlMulti?
        var isCancelled = false
        /// The thread has stopped taking bytes from the server until the reader has made room.
        var isPaused = false
        var mayContinue = false
        var head: HTTPHead?
        var chunks: [[UInt8]] = []
        var waiting = 0
        var outcome: Result<Void, MegaraptorError>?
        var changes = 0
        var waiter: CheckedContinuation<Void, Never>?

        /// Whom to wake after a change.
        mutating func changed() -> CheckedContinuation<Void, Never>? {
            changes += 1
            defer { waiter = nil }
            return waiter
        }
    }

    let request: HTTPRequest
    let client: HTTPClient
    let sink: Sink
    private let state = Mutex(State())

    init(_ request: HTTPRequest, from client: HTTPClient, into sink: Sink) {
        self.request = request
        self.client = client
        self.sink = sink
    }

    /// Ends the transfer as soon as its thread sees it. Does nothing where it has ended.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.multi?.wake()
        }
    }
}

// MARK: - The reader's side

extension Transfer {
    func head() async throws(MegaraptorError) -> HTTPHead {
        try await waitFor { state in
            if let head = state.head { return .success(head) }
            guard case .failure(let error)? = state.outcome else { return nil }
            return .failure(error)
        }
    }

    func next() async throws(MegaraptorError) -> [UInt8]? {
        try await waitFor { state in
            if !state.chunks.isEmpty {
                let chunk = state.chunks.removeFirst()
                state.waiting -= chunk.count
                if state.isPaused, state.waiting <= Mark.low {
                    state.isPaused = false
                    state.mayContinue = true
                    state.multi?.wake()
                }
                return .success(chunk)
            }
            return state.outcome.map { outcome in outcome.map { nil } }
        }
    }

    /// Waits until `take` finds what it looks for. A cancelled task still waits for the thread, which then comes at once:
    /// after that nothing uses the caller's file any more.
    private func waitFor<Value: Sendable>(
        _ take: (inout State) -> Result<Value, MegaraptorError>?
    ) async throws(MegaraptorError) -> Value {
        while true {
            let (found, seen) = state.withLock { state in (take(&state), state.changes) }
            if let found { return try found.get() }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isStale = state.withLock { state in
                        guard state.changes == seen else { return true }
                        state.waiter = continuation
                        return false
                    }
                    if isStale { continuation.resume() }
                }
            } onCancel: {
                cancel()
            }
        }
    }
}

// MARK: - The thread's side

extension Transfer {
    /// `nil` before the handle goes away.
    func setMulti(_ multi: CurlMulti?) {
        state.withLock { $0.multi = multi }
    }

    var isCancelled: Bool { state.withLock(\.isCancelled) }
    var isPaused: Bool { state.withLock(\.isPaused) }

    /// Whether a pause is over; true once for each.
    func takeContinue() -> Bool {
        state.withLock { state in
            defer { state.mayContinue = false }
            return state.mayContinue
        }
    }

    func deliver(_ head: HTTPHead) {
        let waiter = state.withLock { state in
            state.head = head
            return state.changed()
        }
        waiter?.resume()
    }

    /// - Returns: false where the reader has enough for now; then the bytes come again later.
    func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let chunk = Array(bytes)
        let (isTaken, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.waiting < Mark.high else {
                state.isPaused = true
                return (false, nil)
            }
            state.chunks.append(chunk)
            state.waiting += chunk.count
            return (true, state.changed())
        }
        waiter?.resume()
        return isTaken
    }

    func finish(_ outcome: Result<Void, MegaraptorError>) {
        let waiter = state.withLock { state in
            state.outcome = outcome
            return state.changed()
        }
        waiter?.resume()
    }
}
