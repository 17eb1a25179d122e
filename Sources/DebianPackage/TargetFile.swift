// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// A new file that only its owner may read.
final class TargetFile {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(MegaraptorError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(MegaraptorError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(count)
        }
    }

    func write(_ bytes: [UInt8]) throws(MegaraptorError) {
        try bytes.withUnsafeBufferPointer { buffer throws(MegaraptorError) in try write(buffer) }
    }

    /// Has the disk take it.
    func finish() throws(MegaraptorError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    private static func failure(_ path: String) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "\(path) cannot be written: \(String(cString: strerror(errno))).",
            hint: "Check the folder's space and permissions."
        )
    }
}
