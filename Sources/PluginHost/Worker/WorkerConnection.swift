// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Glibc
internal import MegaraptorErrors
internal import Synchronization

/// The host's end of the socket to one worker. Sending never waits for the worker.
final class WorkerConnection: Sendable {
    private struct Outgoing {
        var bytes: [UInt8] = []
        /// How much of them is sent.
        var sent = 0
        var isDraining = false
        /// The worker listens no more; what is left is dropped.
        var isBroken = false
    }

    private let descriptor: Int32
    private let outgoing = Mutex(Outgoing())
    private let draining = DispatchQueue(label: "megaraptor.worker.draining")
    /// Gets the reason why the worker must go.
    private let giveUp: @Sendable (String) -> Void

    /// How much may wait for a worker that does not read, and how long it may take nothing at all.
    private static let queueLimit = 2 * Frame.largest
    private static let patience: Int32 = 10_000

    /// Takes over the descriptor.
    init(descriptor: Int32, giveUp: @escaping @Sendable (String) -> Void) {
        self.descriptor = descriptor
        self.giveUp = giveUp
    }

    deinit { close(descriptor) }

    /// Two ends of a new socket: the host's and the worker's.
    static func makeSocket() throws(MegaraptorError) -> (host: Int32, worker: Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw MegaraptorError(
                .resourceExhausted,
                "No socket for a worker can be made.",
                cause: String(cString: strerror(errno))
            )
        }
        return (ends[0], ends[1])
    }

    // MARK: - Receiving

    /// Hands over every frame until the worker has closed its end. Blocks.
    func receive(_ handle: (Frame) -> Void) throws(FrameFault) {
        var reader = FrameReader()
        while let frame = try reader.next(from: descriptor) { handle(frame) }
    }

    /// What has arrived can still be received, then the end follows, even if some process holds the other end open.
    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    // MARK: - Sending

    func send(_ frame: Frame) {
        let isTooMuch = outgoing.withLock { outgoing in
            guard !outgoing.isBroken else { return false }
            outgoing.bytes += frame.bytes
            guard outgoing.bytes.count - outgoing.sent <= Self.queueLimit else {
                outgoing.isBroken = true
                return true
            }
            if !outgoing.isDraining { push(&outgoing) }
            if !outgoing.bytes.isEmpty, !outgoing.isDraining {
                outgoing.isDraining = true
                draining.async { self.drain() }
            }
            return false
        }
        if isTooMuch { giveUp("did not read its messages until too many were waiting") }
    }

    /// Sends as much as the socket takes at once.
    private func push(_ outgoing: inout Outgoing) {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        while outgoing.sent < outgoing.bytes.count, !outgoing.isBroken {
            let count = outgoing.bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + outgoing.sent }, $0.count - outgoing.sent, flags)
            }
            if count >= 0 {
                outgoing.sent += count
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                outgoing.isBroken = true
            }
        }
        outgoing.bytes.removeAll(keepingCapacity: outgoing.bytes.capacity <= 1 << 18)
        outgoing.sent = 0
    }

    /// Sends what did not fit as soon as it fits.
    private func drain() {
        while true {
            var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let count = poll(&one, 1, Self.patience)
            if count < 0, errno == EINTR { continue }
            let isDone = outgoing.withLock { outgoing in
                if count == 0 { outgoing.isBroken = true }
                push(&outgoing)
                outgoing.isDraining = !outgoing.bytes.isEmpty
                return !outgoing.isDraining
            }
            if count == 0 { giveUp("read no message for \(Self.patience / 1000) seconds") }
            if isDone { return }
        }
    }
}
