// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Synchronization

/// Stands between a host and a container engine, and can hold a request that changes something: before the engine gets
/// it, or once the engine has done it and before its answer goes back.
final class EngineGate: Sendable {
    enum Moment: String, Sendable {
        case before
        case after
    }

    /// Whether, and when, a request is held.
    typealias Choice = @Sendable (_ request: String) -> Moment?

    private struct State {
        /// What is held next, and who is told of it.
        var armed: (choice: Choice, told: AsyncStream<String>.Continuation)?
        /// Grows when what is held may go on.
        var releases = 0

        /// Disarms by the first request that is to be held.
        mutating func take(_ request: GateRequest) -> (moment: Moment, told: AsyncStream<String>.Continuation)? {
            guard request.isChange, let armed, let moment = armed.choice(request.words) else { return nil }
            self.armed = nil
            return (moment, armed.told)
        }
    }

    let path: String
    private let engine: String
    private let listener: Int32
    private let state = Mutex(State())

    var address: String { "unix://\(path)" }

    /// - Parameter engine: the path of the engine's own socket.
    init(to engine: String) throws {
        self.engine = engine
        path = "/tmp/mr-gate-\(UInt32.random(in: 0...UInt32.max))"
        listener = try UnixSocket.listen(path)
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
        unlink(path)
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
        let armed = state.withLock { $0.take(request) }
        if let armed, armed.moment == .before {
            guard wait(client, request, armed.told) else { return }
        }
        guard let server = try? UnixSocket.connect(engine) else { return }
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
            if wait(client, request, armed.told) { _ = SocketBytes.write(answer, to: client) }
        } else {
            while case let part = SocketBytes.read(server), !part.isEmpty, SocketBytes.write(part, to: client) {}
        }
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
        pump.wait()
    }

    /// - Returns: whether it may go on; not when the client is gone.
    private func wait(_ client: Int32, _ request: GateRequest, _ told: AsyncStream<String>.Continuation) -> Bool {
        let before = state.withLock { $0.releases }
        told.yield(request.words)
        told.finish()
        while state.withLock({ $0.releases }) == before {
            // That the other side is gone is told without being asked for.
            var ends = pollfd(fd: client, events: 0, revents: 0)
            if poll(&ends, 1, 10) > 0 { return false }
        }
        return true
    }
}
