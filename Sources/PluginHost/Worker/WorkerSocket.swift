// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// A worker's end of its socket. The host always reads, so sending may wait.
final class WorkerSocket: Sendable {
    private let descriptor: Int32
    private let reader = Mutex(FrameReader())
    private let writing = Mutex(())

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // Programs that the plugin starts must not keep the host waiting for the end of the connection.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// The next message; `nil` when the host is gone or sends what nobody understands.
    func next() -> Frame? {
        reader.withLock { reader in
            do { return try reader.next(from: descriptor) } catch { return nil }
        }
    }

    func send(_ frame: Frame) {
        let bytes = frame.bytes
        writing.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    // The host is gone, which the reading side notices too.
                    return
                }
            }
        }
    }
}
