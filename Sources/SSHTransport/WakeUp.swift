// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// A pipe that becomes readable when somebody has news for the thread that polls it.
final class WakeUp: Sendable {
    /// The end to poll.
    let descriptor: Int32
    private let writingEnd: Int32

    init() throws(MegaraptorError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw MegaraptorError(.resourceExhausted, "No descriptor is left for a connection.")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// From any thread. A full pipe is as good as another byte in it.
    func signal() {
        var one: UInt8 = 1
        _ = write(writingEnd, &one, 1)
    }

    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(descriptor, &bytes, 16) == 16 {}
    }

    /// Waits without an end.
    func wait() {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptors, 1, -1)
        drain()
    }
}
