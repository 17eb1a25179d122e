// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors
internal import SystemPackage

/// Files that only their owner may read, written whole or not at all.
enum PrivateFile {
    /// The text of a file; `nil` where there is none. One that others may read, or that is larger, is refused.
    static func read(_ path: String, limit: Int = 4 << 20) throws(MegaraptorError) -> String? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw failure("opened", path, Errno(rawValue: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
            throw MegaraptorError(.failedPrecondition, "\(path) is not a plain file of at most \(limit) bytes.")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw MegaraptorError(
                .permissionDenied,
                "\(path) belongs to somebody else, or others than its owner can reach it.",
                hint:
                    "chown \(geteuid()) '\(path)' && chmod 600 '\(path)'. If others may have read it, rotate its keys."
            )
        }
        return try attempt("read", path) {
            try String(unsafeUninitializedCapacity: Int(status.st_size)) { buffer in
                try FileDescriptor(rawValue: descriptor).read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }

    /// Puts `text` in the place of a file, and has the disk take it.
    static func write(_ text: String, to path: String) throws(MegaraptorError) {
        let draft = path + ".draft"
        try stage(text, at: draft)
        try move(draft, to: path)
    }

    /// Writes a new file. What an interrupted writer left there was never used.
    static func stage(_ text: String, at path: String) throws(MegaraptorError) {
        unlink(path)
        try attempt("written", path) {
            let file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
                permissions: .ownerReadWrite
            )
            try file.closeAfter {
                try file.writeAll(text.utf8)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    /// Moves a file over another for good: a name lasts once its folder is on the disk.
    static func move(_ path: String, to target: String) throws(MegaraptorError) {
        try attempt("written", target) {
            guard rename(path, target) == 0 else { throw Errno(rawValue: errno) }
        }
        try sync(folder: FilePath(target).removingLastComponent().string)
    }

    static func sync(folder: String) throws(MegaraptorError) {
        try attempt("written", folder) {
            let descriptor = try FileDescriptor.open(FilePath(folder), .readOnly, options: [.directory, .closeOnExec])
            try descriptor.closeAfter {
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    /// Makes a folder that only its owner may enter; one that is there must be such a folder already.
    static func makeFolder(_ path: String) throws(MegaraptorError) {
        var status = stat()
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("made", path, Errno(rawValue: errno)) }
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0
        else {
            throw MegaraptorError(
                .permissionDenied,
                "\(path) is not a folder that only its owner can enter.",
                hint: "chown \(geteuid()) '\(path)' && chmod 700 '\(path)'."
            )
        }
    }

    /// The names in a folder, sorted; none where there is no folder.
    static func names(in folder: String) throws(MegaraptorError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw failure("read", folder, Errno(rawValue: errno))
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func attempt<Value>(
        _ what: String,
        _ path: String,
        _ body: () throws -> Value
    ) throws(MegaraptorError) -> Value {
        do { return try body() } catch { throw failure(what, path, error) }
    }

    static func failure(_ what: String, _ path: String, _ reason: any Error) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "\(path) cannot be \(what).",
            hint: "Check the folder's space and permissions. What was there before is still whole.",
            cause: "\(reason)"
        )
    }
}
