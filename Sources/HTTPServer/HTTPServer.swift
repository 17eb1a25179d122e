// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A small server of HTTP/1.1, plain or over TLS: one request for each connection, a thread for each of a bounded
/// number of connections.
public final class HTTPServer: Sendable {
    /// Answers one request, on the connection's thread, where it may block.
    public typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    /// What clients may cost.
    private enum Limit {
        static let connections = 64
        /// Seconds for one read or write, and for a whole request.
        static let silence = 10
        static let request = 20
    }

    private struct State {
        var isStopping = false
        /// The acceptor and the connections that are being served.
        var threads = 0
        var open: Set<Int32> = []
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The port that was bound.
    public let port: Int
    private let socket: ListeningSocket
    private let identity: TLSIdentity?
    private let handler: Handler
    private let state = Mutex(State())

    /// Listens, and answers from now on.
    ///
    /// - Parameter identity: `nil` for plain HTTP.
    public init(
        host: String,
        port: Int,
        identity: TLSIdentity?,
        handler: @escaping Handler
    ) throws(ListenFailure) {
        socket = try ListeningSocket(host: host, port: port)
        self.port = socket.port
        self.identity = identity
        self.handler = handler
        state.withLock { $0.threads = 1 }
        guard ServerThread.start({ self.accept() }) else {
            socket.close()
            throw ListenFailure(description: "listen tcp \(host):\(port): no thread can be made")
        }
    }

    /// Stops to listen, breaks the connections, and returns when their threads have ended.
    public func stop() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isStopping = true
                // Wakes whoever waits in poll, read or write.
                for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
                shutdown(socket.descriptor, Int32(SHUT_RDWR))
                if state.threads > 0 { state.waiting.append(continuation) }
                return state.threads == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func threadEnded() {
        let waiting = state.withLock { state in
            state.threads -= 1
            guard state.threads == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    // MARK: - Connections

    private func accept() {
        defer {
            socket.close()
            threadEnded()
        }
        while !state.withLock({ $0.isStopping }) {
            var wanted = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wanted, 1, 500) > 0 else { continue }
            guard let (descriptor, address) = acceptOne() else { continue }
            guard begin(descriptor) else {
                close(descriptor)
                continue
            }
            let hasThread = ServerThread.start {
                self.serve(descriptor, address)
                self.end(descriptor)
                self.threadEnded()
            }
            if !hasThread {
                end(descriptor)
                threadEnded()
            }
        }
    }

    private func acceptOne() -> (descriptor: Int32, address: String)? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: 64)
        let descriptor = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let descriptor = Glibc.accept(socket.descriptor, address, &length)
                if descriptor >= 0 {
                    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                    getnameinfo(address, length, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
                }
                return descriptor
            }
        }
        guard descriptor >= 0 else { return nil }
        let address = host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return (descriptor, String(decoding: address, as: UTF8.self))
    }

    /// Counts a connection in; false where there are too many.
    private func begin(_ descriptor: Int32) -> Bool {
        state.withLock { state in
            guard !state.isStopping, state.open.count < Limit.connections else { return false }
            state.open.insert(descriptor)
            state.threads += 1
            return true
        }
    }

    /// Closes under the lock, so that ``stop()`` cannot meet the number in another's hands.
    private func end(_ descriptor: Int32) {
        state.withLock { state in
            state.open.remove(descriptor)
            close(descriptor)
        }
    }

    private func serve(_ descriptor: Int32, _ address: String) {
        SocketTimeout.set(Limit.silence, on: descriptor)
        let end = ContinuousClock.now + .seconds(Limit.request)
        guard let connection = Connection.accepted(descriptor, identity),
            let reading = connection.request(from: address, until: end)
        else { return }
        switch reading {
        case .refuse(let response): connection.write(response.bytes(withBody: true))
        case .take(let request):
            let response = handler(request)
            guard response.status != 0 else { return }
            connection.write(response.bytes(withBody: request.method != "HEAD"))
        }
    }
}
