// SPDX-License-Identifier: Apache-2.0

import Glibc
public import MegaraptorErrors

/// What the search for a configuration may see of the machine.
public struct ConfigurationFiles: Sendable {
    /// The text of a file; `nil` where there is none. Throws where there is one that cannot be read.
    public var read: @Sendable (_ path: String) throws(MegaraptorError) -> String?
    /// The permission bits of a file; `nil` where there is none.
    public var permissions: @Sendable (_ path: String) -> UInt32?

    public init(
        read: @escaping @Sendable (String) throws(MegaraptorError) -> String?,
        permissions: @escaping @Sendable (String) -> UInt32?
    ) {
        self.read = read
        self.permissions = permissions
    }

    /// The machine's own files.
    public static let system = ConfigurationFiles(
        read: { path throws(MegaraptorError) in try readFile(path) },
        permissions: { path in
            var status = stat()
            return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
        }
    )
}

extension ConfigurationFiles {
    /// No configuration is larger; a device or a log that was named by mistake is not read to its end.
    private static let greatest = 1 << 20

    private static func readFile(_ path: String) throws(MegaraptorError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path, errno)
        }
        defer { close(descriptor) }
        return try text(of: descriptor, path)
    }

    /// What is left to read of an open file.
    ///
    /// - Parameter path: for complaints.
    static func text(of descriptor: Int32, _ path: String) throws(MegaraptorError) -> String {
        var bytes = [UInt8](repeating: 0, count: greatest + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw unreadable(path, errno) }
            if got == 0 { break }
            count += got
        }
        guard count <= greatest else {
            throw MegaraptorError(.invalidArgument, "\(path) is larger than 1 MiB, so it is no API configuration.")
        }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw MegaraptorError(.invalidArgument, "\(path) is not UTF-8 text.")
        }
        return text
    }

    static func unreadable(_ path: String, _ code: Int32) -> MegaraptorError {
        MegaraptorError(
            code == EACCES ? .permissionDenied : .failedPrecondition,
            "\(path) cannot be read: \(String(cString: strerror(code))).",
            hint:
                "The file must be readable by the user who runs this program, and should be by nobody else (chmod 600)."
        )
    }
}
