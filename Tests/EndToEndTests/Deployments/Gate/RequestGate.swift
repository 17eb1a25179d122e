// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Synchronization

/// Stands between a host and an engine or a cloud, and can hold a request that changes something: before the engine gets
/// it, or once the engine has done it and before its answer goes back.
final class RequestGate: Sendable {
    enum Moment: String, Sendable {
        case before
        case after
    }

    /// A request in words that are the same each time; `nil` for one that changes nothing.
    typealias Words = @Sendable (GateRequest) -> String?

    /// Whether, and when, a request is held.
    typealias Choice = @Sendable (_ request: String) -> Moment?

    private struct State {
        /// What is held next, and who is told of it.
        var armed: (choice: Choice, told: AsyncStream<String>.Continuation)?
        /// Grows when what is held may go on.
        var releases = 0

        /// Disarms by the first request that is to be held.
        mutating func take(_ words: String?) -> (moment: Moment, told: AsyncStream<String>.Continuation)? {
            guard let words, let armed, let moment = armed.choice(words) else { return nil }
            self.armed = nil
            return (moment, armed.told)
        }
    }

    /// Where it listens.
    let socket: LocalSocket
    private let engine: LocalSocket
    private let words: Words
    private let listener: Int32
    private let state = Mutex(State())

    /// - Parameter engine: where the engine itself listens; the gate listens in the same way.
    init(to engine: LocalSocket, words: @escaping Words) throws {
        self.engine = engine
        self.words = words
        (socket, listener) = try engine.listenBeside()
        Thread.detachNewThread { [listener, weak self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                guard let self else {
                    close(client)
                    break
                }
                Thread.detachNewThread { self.serve(client) }
            }
            close(listener)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        socket.remove()
    }

    /// Holds the next request that changes something and is chosen.
    ///
    /// - Returns: gives the request once it is held, such as `POST /containers/create`, and ends; ends without one by
    ///   ``pass()``.
    func hold(_ choice: @escaping Choice) -> AsyncStream<String> {
        let (stream, told) = AsyncStream.makeStream(of: String.self)
        state.withLock { $0.armed = (choice, told) }
        return stream
    }

    /// Holds nothing more.
    func pass() { state.withLock { $0.armed.take() }?.told.finish() }

    /// Lets go on what is held.
    func release() { state.withLock { $0.releases += 1 } }

    // MARK: - One connection, which carries one request

    private func serve(_ client: Int32) {
        defer { close(client) }
        guard let request = GateRequest(readFrom: client) else { return }
        let words = words(request)
        let armed = state.withLock { $0.take(words) }
        if let armed, armed.moment == .before {
            guard wait(client, words, armed.told) else { return }
        }
        guard let server = try? engine.connect() else { return }
        defer { close(server) }
        // With this the engine ends the connection after its answer, so nothing else has to be understood of it.
        guard SocketBytes.write(request.closing, to: server) else { return }
        let pump = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            // The end of the client's side is not passed on: engines would give the request up.
            while case let part = SocketBytes.read(client), !part.isEmpty, SocketBytes.write(part, to: server) {}
            pump.signal()
        }
        if let armed, armed.moment == .after {
            var answer: [UInt8] = []
            while case let part = SocketBytes.read(server), !part.isEmpty { answer += part }
            if wait(client, words, armed.told) { _ = SocketBytes.write(answer, to: client) }
        } else {
            while case let part = SocketBytes.read(server), !part.isEmpty, SocketBytes.write(part, to: client) {}
        }
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
        pump.wait()
    }

    /// - Returns: whether it may go on; not when the client is gone.
    private func wait(_ client: Int32, _ words: String?, _ told: AsyncStream<String>.Continuation) -> Bool {
        let before = state.withLock { $0.releases }
        told.yield(words ?? "")
        told.finish()
        while state.withLock({ $0.releases }) == before {
            // That the other side is gone is told without being asked for.
            var ends = pollfd(fd: client, events: 0, revents: 0)
            if poll(&ends, 1, 10) > 0 { return false }
        }
        return true
    }
}
