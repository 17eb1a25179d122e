// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A descriptor that is written without ever waiting, although others may share it in blocking mode.
///
/// `O_NONBLOCK` belongs to the open file, not to the descriptor, and setting it on a terminal or on a pipe shared with
/// other processes would break those. So a pipe is opened a second time, and a socket is told with each call.
final class OutputDescriptor: Sendable {
    enum Outcome {
        case wrote(Int)
        /// Nothing more fits now.
        case full
        /// Nobody reads any more.
        case broken
    }

    private enum Kind { case pipe, socket, other }

    private static let sendFlags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)

    let descriptor: Int32
    private let kind: Kind

    init(_ shared: Int32) {
        var status = stat()
        let isKnown = fstat(shared, &status) == 0
        switch isKnown ? status.st_mode & S_IFMT : 0 {
        case S_IFSOCK:
            (descriptor, kind) = (shared, .socket)
        case S_IFIFO:
            let own = open("/proc/self/fd/\(shared)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            (descriptor, kind) = own >= 0 ? (own, .pipe) : (shared, .other)
        default:
            // Files and terminals: a write may wait, but not for another program's good will.
            (descriptor, kind) = (shared, .other)
        }
    }

    deinit {
        if kind == .pipe { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        while true {
            let count =
                kind == .socket
                ? send(descriptor, bytes.baseAddress, bytes.count, Self.sendFlags)
                : Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if count >= 0 { return .wrote(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .full
            default: return .broken
            }
        }
    }

    /// Waits until something fits or the reader is gone.
    ///
    /// - Returns: `false` when the other descriptor became readable instead.
    func waitForRoom(unless wakeUp: Int32) -> Bool {
        var both = [
            pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&both, 2, -1) < 0, errno == EINTR {}
        return both[1].revents == 0
    }

    /// Waits until something fits or the reader is gone.
    ///
    /// - Returns: `false` when the time is over.
    func waitForRoom(milliseconds: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while true {
            let count = poll(&one, 1, milliseconds)
            if count < 0, errno == EINTR { continue }
            return count > 0
        }
    }
}
