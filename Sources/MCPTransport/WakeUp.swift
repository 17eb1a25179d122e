// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A pipe that lets any thread, and a signal handler, end another thread's wait in `poll`.
public final class WakeUp: Sendable {
    /// Becomes readable at the first ``wake()`` and stays so.
    public let readEnd: Int32
    private let writeEnd: Int32

    /// - Returns: `nil` when the process has no descriptors left.
    public init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    public func wake() {
        Self.wake(writeEnd)
    }

    /// Waits for a ``wake()``.
    ///
    /// - Returns: `false` when the time is over.
    public func wait(for duration: Duration) -> Bool {
        let end = ContinuousClock.now + duration
        while true {
            let left = max(.zero, end - .now).components
            let milliseconds = Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000)
            var one = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
            let count = poll(&one, 1, milliseconds)
            if count >= 0 { return count > 0 }
        }
    }

    /// Waits for a ``wake()`` and takes it back, so that the pipe can be waited on again.
    func consumeOne() {
        var one = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        var byte: UInt8 = 0
        while read(readEnd, &byte, 1) < 1 { poll(&one, 1, -1) }
    }

    /// Wakes on a signal: `SIGTERM` and `SIGINT` from now on lead to ``wake()``, and `SIGPIPE` to nothing.
    ///
    /// `SIGPIPE` gets an empty handler rather than `SIG_IGN`, because the latter would be inherited by child programs.
    public func wakeOnTermination() {
        TerminationSignal.descriptor.store(writeEnd, ordering: .releasing)
        TerminationSignal.install()
    }

    /// Gives `SIGTERM` and `SIGINT` back their usual meaning.
    public func endWakingOnTermination() {
        TerminationSignal.uninstall()
        TerminationSignal.descriptor.store(-1, ordering: .releasing)
    }

    fileprivate static func wake(_ descriptor: Int32) {
        var byte: UInt8 = 1
        // A full pipe is a woken one.
        _ = write(descriptor, &byte, 1)
    }
}

private enum TerminationSignal {
    static let descriptor = Atomic<Int32>(-1)

    /// A parent may have started this process with these signals blocked, and a blocked one never arrives.
    private static func unblock() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    static func install() {
        var termination = sigaction()
        termination.__sigaction_handler.sa_handler = { _ in
            let saved = errno
            WakeUp.wake(TerminationSignal.descriptor.load(ordering: .acquiring))
            errno = saved
        }
        termination.sa_flags = SA_RESTART
        sigaction(SIGTERM, &termination, nil)
        sigaction(SIGINT, &termination, nil)
        ignorePipeSignal()
    }

    static func uninstall() {
        var usual = sigaction()
        usual.__sigaction_handler.sa_handler = SIG_DFL
        sigaction(SIGTERM, &usual, nil)
        sigaction(SIGINT, &usual, nil)
    }

    private static func ignorePipeSignal() {
        var ignored = sigaction()
        ignored.__sigaction_handler.sa_handler = { _ in }
        ignored.sa_flags = SA_RESTART
        sigaction(SIGPIPE, &ignored, nil)
        unblock()
    }
}
