// SPDX-License-Identifier: Apache-2.0

package import Glibc
internal import MegaraptorErrors
internal import SystemPackage

/// An open file or folder that belongs to this user alone, closed with its last reference.
package final class PrivateDescriptor: Sendable {
    let raw: Int32

    package enum Kind {
        case folder, file
        /// To be read only, and there already.
        case existingFile
    }

    package init(_ path: String, _ kind: Kind) throws {
        let flags =
            switch kind {
            case .folder: O_RDONLY | O_DIRECTORY
            case .file: O_RDWR | O_CREAT | O_APPEND
            case .existingFile: O_RDONLY
            }
        raw = Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard raw >= 0 else { throw Self.failure(errno, path) }
        // Permissions are asked of what is open: the name may lead elsewhere by now.
        let info = try status()
        let (type, mode) = kind == .folder ? (S_IFDIR, "700") : (S_IFREG, "600")
        guard info.st_mode & S_IFMT == type else { throw Self.refusal(path, "is no \(kind)", "Move it away.") }
        guard info.st_uid == geteuid() else {
            throw Self.refusal(
                path,
                "belongs to user \(info.st_uid), not to \(geteuid())",
                "chown it, or move it away."
            )
        }
        guard info.st_mode & 0o077 == 0 else {
            throw Self.refusal(path, "is open to other users", "chmod \(mode) \(path)")
        }
    }

    deinit {
        if raw >= 0 { close(raw) }
    }

    package func status() throws -> stat {
        var info = stat()
        guard fstat(raw, &info) == 0 else { throw Errno(rawValue: errno) }
        return info
    }

    private static func failure(_ code: Int32, _ path: String) -> any Error {
        guard code == ELOOP || code == ENOTDIR else { return Errno(rawValue: code) }
        return refusal(path, "is a symbolic link or no folder", "Name the place itself in audit.file.")
    }

    private static func refusal(_ path: String, _ what: String, _ fix: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "\(path) \(what), so no calls are recorded there.", hint: fix)
    }
}

extension PrivateDescriptor {
    /// At most `count` bytes from `offset` on; fewer only at the end of the file.
    package func read(_ count: Int, at offset: Int64) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(raw, $0.baseAddress?.advanced(by: filled), count - filled, off_t(offset) + off_t(filled))
            }
            guard got >= 0 else { throw Errno(rawValue: errno) }
            guard got > 0 else { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }
}
