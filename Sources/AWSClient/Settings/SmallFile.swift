// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Settings and token files of this machine.
enum SmallFile {
    private static let greatest = 1 << 20

    /// - Returns: `nil` where there is no such file.
    static func read(_ path: String) throws(MegaraptorError) -> [UInt8]? {
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
            guard bytes.count <= greatest else {
                throw MegaraptorError(.failedPrecondition, "\(path) is larger than \(greatest) bytes.")
            }
        }
    }

    /// The text of a file that must be there, without blanks around it.
    static func token(_ path: String, what: String) throws(MegaraptorError) -> String {
        guard let bytes = try read(path) else {
            throw MegaraptorError(.unauthenticated, "\(what), \(path), is not there.")
        }
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        let text = String(decoding: bytes, as: UTF8.self).drop(while: isBlank)
        return String(text.reversed().drop(while: isBlank).reversed())
    }

    private static func failure(_ path: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
}
