// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import SystemPackage

/// A regular file that stays the same one while it is looked at and read, whatever happens to its path.
struct OpenedFile: ~Copyable {
    let status: FileStatus
    private let path: String
    private let descriptor: FileDescriptor

    static func open(_ path: String, followsLinks: Bool) throws(MegaraptorError) -> OpenedFile {
        // A pipe must not make the host wait for somebody who writes to it.
        let options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(
                FilePath(path),
                .readOnly,
                options: followsLinks ? options : options.union(.noFollow)
            )
        } catch {
            throw unreadable(path, "\(error)")
        }
        guard let status = FileStatus(descriptor: descriptor.rawValue), status.isFile else {
            Glibc.close(descriptor.rawValue)
            throw unreadable(path, "it is no regular file")
        }
        return OpenedFile(status: status, path: path, descriptor: descriptor)
    }

    deinit {
        Glibc.close(descriptor.rawValue)
    }

    /// Reads the file to its end.
    /// - Throws: `conflict` where it was written to meanwhile.
    func sha256() throws(MegaraptorError) -> String {
        var hash = try SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        do {
            while case let count = try descriptor.read(into: buffer), count > 0 {
                hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        } catch {
            throw Self.unreadable(path, "\(error)")
        }
        guard FileStatus(descriptor: descriptor.rawValue) == status else {
            throw MegaraptorError(.conflict, "The file \(path) was written to while it was read.", hint: "Try again.")
        }
        return Hexadecimal.encode(try hash.finish())
    }

    private static func unreadable(_ path: String, _ cause: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The file \(path) cannot be read.",
            hint: "Check that it is a regular file which this user may read.",
            cause: cause
        )
    }
}
