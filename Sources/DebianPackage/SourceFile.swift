// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// A file that is read piece by piece.
final class SourceFile {
    let size: Int64
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(MegaraptorError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MegaraptorError(.notFound, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        size = Int64(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next piece; empty at the end.
    func read() throws(MegaraptorError) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        guard count >= 0 else {
            throw MegaraptorError(.internal, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        return Array(chunk[..<count])
    }
}
