// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import MegaraptorErrors

/// Files that others keep, such as certificates, settings and tokens of other programs: whoever else may read them is
/// not asked, and links are followed. The product's own secrets are for ``PrivateFile``.
extension WholeFile {
    /// - Returns: `nil` where there is no such file.
    /// - Throws: `failed_precondition` for one that cannot be read, or that is larger than `limit`.
    package static func read(_ path: String, limit: Int = 4 << 20) throws(MegaraptorError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw MegaraptorError(.failedPrecondition, "\(path) is larger than \(limit) bytes.")
            }
        }
    }

    /// - Throws: `not_found` where there is no such file, and what ``read(_:limit:)`` does.
    package static func require(_ path: String, limit: Int = 4 << 20) throws(MegaraptorError) -> [UInt8] {
        if let bytes = try read(path, limit: limit) { return bytes }
        throw MegaraptorError(.notFound, "\(path) cannot be read: there is no such file.")
    }

    private static func failure(_ path: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
}
