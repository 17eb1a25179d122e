// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import MegaraptorErrors
package import SystemPackage

/// Files that only their owner may read, written whole or not at all.
package enum PrivateFile {
    /// The whole file; `nil` where there is none. A file that others may read, or of more bytes, is refused.
    package static func read(_ path: String, limit: Int) throws(MegaraptorError) -> [UInt8]? {
        guard let descriptor = try open(path, O_RDONLY | O_NONBLOCK) else { return nil }
        defer { close(descriptor) }
        let size = try check(descriptor, path, type: S_IFREG)
        guard size <= limit else {
            throw MegaraptorError(.failedPrecondition, "\(path) has \(size) bytes; at most \(limit) can be right.")
        }
        return try attempt("read", path) {
            try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                count = try FileDescriptor(rawValue: descriptor).read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }

    /// Puts `bytes` in the place of a file. Whatever happens on the way, the path names the former file or the new one.
    ///
    /// - Parameter backup: where the former file stays.
    package static func replace(_ path: String, with bytes: [UInt8], backup: String? = nil) throws(MegaraptorError) {
        let (draft, link) = (path + ".draft", (backup ?? path) + ".draft")
        // What an interrupted writer left behind was never used.
        func clear() { for name in [draft, link] { unlink(name) } }
        clear()
        defer { clear() }
        try attempt("written", path) {
            let new = try require(Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
            try FileDescriptor(rawValue: new).closeAfter {
                try FileDescriptor(rawValue: new).writeAll(bytes)
                try require(fsync(new))
            }
            if let backup, access(path, F_OK) == 0 {
                try require(Glibc.link(path, link))
                try require(rename(link, backup))
            }
            try move(draft, to: path)
        }
    }

    /// Moves a file over another for good: a new name lasts once its folder is on the disk.
    package static func move(_ path: String, to target: String) throws(MegaraptorError) {
        try attempt("written", target) {
            try require(rename(path, target))
            let folder = FilePath(target).removingLastComponent().string
            let descriptor = try require(Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
            defer { close(descriptor) }
            try require(fsync(descriptor))
        }
    }

    package static func makeFolder(_ path: FilePath) throws(MegaraptorError) {
        if mkdir(path.string, 0o700) == 0 || errno == EEXIST { return }
        let parent = path.removingLastComponent()
        guard errno == ENOENT, !parent.isEmpty else {
            throw refused("made", path.string, Errno(rawValue: errno))
        }
        try makeFolder(parent)
        try makeFolder(path)
    }

    /// Makes a folder of somebody's choice, so that nothing of theirs is written over.
    ///
    /// - Parameter name: how they know what they chose, such as `output_path`.
    /// - Throws: `invalid_argument` for what is not absolute, `conflict` where there is something of this name.
    package static func makeNewFolder(_ path: String, named name: String) throws(MegaraptorError) {
        guard path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw MegaraptorError(.invalidArgument, "\(name) must be an absolute path without \"..\".")
        }
        guard mkdir(path, 0o700) == 0 else {
            throw MegaraptorError(
                errno == EEXIST ? .conflict : .failedPrecondition,
                "\(path) cannot be made: \(String(cString: strerror(errno))).",
                hint: "Name a folder that does not exist yet, in one that does."
            )
        }
    }

    /// Whether there is such a folder. One that others may enter is refused.
    package static func checkFolder(_ path: String) throws(MegaraptorError) -> Bool {
        guard let descriptor = try open(path, O_RDONLY | O_DIRECTORY) else { return false }
        defer { close(descriptor) }
        _ = try check(descriptor, path, type: S_IFDIR)
        return true
    }

    /// Runs `body` while nobody else writes, or for a writer, while nobody else does anything.
    ///
    /// - Parameter what: is locked, for the words of the failure.
    package static func locked<Value>(
        _ path: String,
        exclusively: Bool,
        what: String,
        _ body: () throws(MegaraptorError) -> Value
    ) throws(MegaraptorError) -> Value {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // Where nobody can write, a reader needs no lock.
        if descriptor < 0, errno == EROFS, !exclusively { return try body() }
        guard descriptor >= 0 else { throw refused("opened", path, Errno(rawValue: errno)) }
        defer { close(descriptor) }
        let end = ContinuousClock.now + .seconds(10)
        while flock(descriptor, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .conflict,
                    "Another process has been using \(what) for 10 seconds.",
                    hint: "Look for a megaraptor-mcp that was stopped: fuser '\(path)'.",
                    retryable: true
                )
            }
            usleep(2000)
        }
        return try body()
    }

    // MARK: - The system's answers

    /// `nil` where there is nothing of this name.
    private static func open(_ path: String, _ options: Int32) throws(MegaraptorError) -> Int32? {
        let descriptor = Glibc.open(path, options | O_NOFOLLOW | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw refused("opened", path, Errno(rawValue: errno)) }
        return descriptor
    }

    @discardableResult
    private static func require(_ status: Int32) throws -> Int32 {
        if status < 0 { throw Errno(rawValue: errno) }
        return status
    }

    private static func attempt<Value>(
        _ what: String,
        _ path: String,
        _ body: () throws -> Value
    ) throws(MegaraptorError) -> Value {
        do { return try body() } catch { throw error as? MegaraptorError ?? refused(what, path, error) }
    }

    private static func refused(_ what: String, _ path: String, _ reason: any Error) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "\(path) cannot be \(what).",
            hint: "Check the folder's space and permissions. What was kept before is still whole.",
            cause: "\(reason)"
        )
    }

    /// What is open must be the user's own and nobody else's to reach.
    ///
    /// - Returns: the size.
    private static func check(_ descriptor: Int32, _ path: String, type: mode_t) throws(MegaraptorError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == type else {
            throw MegaraptorError(.failedPrecondition, "\(path) is not a plain file or folder as it should be.")
        }
        guard status.st_uid == geteuid() else {
            throw MegaraptorError(
                .permissionDenied,
                "\(path) belongs to user \(status.st_uid), not to \(geteuid()) who runs this.",
                hint: "Run as its owner, or: chown \(geteuid()) '\(path)'."
            )
        }
        guard status.st_mode & 0o077 == 0 else {
            throw MegaraptorError(
                .permissionDenied,
                "\(path) has mode \(String(status.st_mode & 0o7777, radix: 8)): others than its owner can reach it.",
                hint:
                    "chmod \(type == S_IFDIR ? "700" : "600") '\(path)'. If others may have read it, change the secrets."
            )
        }
        return Int(status.st_size)
    }
}
