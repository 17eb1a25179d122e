// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

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
    public enum State: Sendable, Hashable {
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
        let file = try OpenedFile.open(path, followsLinks: followsLinks)
        try check(file.status)
        sha256 = try file.sha256()
        self.path = path
        device = file.status.device
        inode = file.status.inode
        size = file.status.size
        modified = file.status.modified
    }

    /// Asks only for the file's attributes; nothing is read.
    public var state: State {
        guard let now = FileStatus(path, followsLinks: true) else { return .gone }
        let same = now.device == device && now.inode == inode && now.size == size && now.modified == modified
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
}
