// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
public import JSONValue
public import MegaraptorErrors
internal import SystemPackage

/// Which file a library was when it was read, so that it is recognised later.
public struct LibraryIdentity: Sendable, Hashable {
    public let path: String
    public let device: UInt64
    public let inode: UInt64
    public let size: Int64
    /// Nanoseconds since 1970.
    public let modified: Int64
    /// In lower-case hexadecimal.
    public let sha256: String

    /// What has become of the file since.
    public enum State: String, Sendable, Hashable {
        case same
        /// Another file, or other content. A library that is open stays as it was until the host starts anew.
        case changed
        case gone
    }

    /// Reads the whole file through one descriptor.
    public init(reading path: String) throws(MegaraptorError) {
        try self.init(reading: path, followsLinks: true) { _ in }
    }

    /// - Parameter check: looks at the file that was opened, before it is read.
    init(
        reading path: String,
        followsLinks: Bool,
        check: (FileStatus) throws(MegaraptorError) -> Void
    ) throws(MegaraptorError) {
        // A pipe must not make the host wait for somebody who writes to it.
        let options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
        let status: FileStatus
        do {
            let file = try FileDescriptor.open(
                path,
                .readOnly,
                options: followsLinks ? options : options.union(.noFollow)
            )
            defer { Glibc.close(file.rawValue) }
            guard let opened = FileStatus(descriptor: file.rawValue), opened.isFile else { throw Errno.notSupported }
            status = opened
            try check(status)
            sha256 = try Self.sha256(of: file)
            // What was written to meanwhile has no one content.
            guard FileStatus(descriptor: file.rawValue) == status else { throw Errno.resourceTemporarilyUnavailable }
        } catch let error as MegaraptorError {
            throw error
        } catch {
            throw MegaraptorError(
                .failedPrecondition,
                "The library \(path) cannot be read.",
                hint: "It must be a regular file which this user may read and nobody is writing to.",
                cause: "\(error)"
            )
        }
        self.path = path
        (device, inode, size, modified) = (status.device, status.inode, status.size, status.modified)
    }

    private static func sha256(of file: FileDescriptor) throws -> String {
        var hash = try SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return Hexadecimal.encode(try hash.finish())
    }

    /// Asks only for the file's attributes; nothing is read.
    public var state: State {
        guard let now = FileStatus(path, followsLinks: true) else { return .gone }
        let same = (now.device, now.inode, now.size, now.modified) == (device, inode, size, modified)
        return same ? .same : .changed
    }

    /// - Throws: `conflict` unless the path still names the file that was read.
    public func requireUnchanged() throws(MegaraptorError) {
        guard state != .same else { return }
        throw MegaraptorError(
            .conflict,
            "The library \(path) was replaced after it was checked.",
            hint: "Find out who writes to its folder, then restart the host."
        )
    }

    /// The path and the content, however it came there.
    public var json: JSONObject {
        ["path": .string(path), "size": .integer(size), "mtime": .integer(modified), "sha256": .string(sha256)]
    }
}
