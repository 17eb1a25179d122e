// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import PluginManifest

/// The operator's file on disk.
enum ConfigurationFile {
    static func text(_ path: String) throws(MegaraptorError) -> String {
        let bytes = try CheckedYAML.contents(of: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MegaraptorError(.invalidArgument, "\(path) is not UTF-8 text.", hint: "Save it as UTF-8.")
        }
        return text
    }

    /// Writes the file whole or not at all. Owner and mode stay, and so does a link to it.
    static func replace(_ path: String, with text: String, isNew: Bool) throws(MegaraptorError) {
        if isNew { try makeFolders(above: path) }
        let target = realPath(path) ?? path
        let draft = "\(target).\(getpid()).tmp"
        do throws(MegaraptorError) {
            try write(text, to: draft, as: target)
            guard rename(draft, target) == 0 else { throw failure(target) }
            syncFolder(of: target)
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func write(_ text: String, to draft: String, as target: String) throws(MegaraptorError) {
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure(target) }
        defer { close(file) }
        var old = stat()
        if stat(target, &old) == 0 {
            var new = stat()
            guard fstat(file, &new) == 0 else { throw failure(target) }
            let keepsOwner = (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid)
            guard keepsOwner || fchown(file, old.st_uid, old.st_gid) == 0,
                fchmod(file, old.st_mode & 0o7777) == 0
            else { throw failure(target) }
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(target) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure(target) }
    }

    private static func makeFolders(above path: String) throws(MegaraptorError) {
        let parts = path.split(separator: "/").dropLast()
        var folder = path.hasPrefix("/") ? "" : "."
        for part in parts {
            folder += "/\(part)"
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST || access(folder, F_OK) == 0 else { throw failure(path) }
        }
    }

    /// Best effort: the file is whole either way, and only a power cut could bring the old one back.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func failure(_ path: String) -> MegaraptorError {
        MegaraptorError(
            .permissionDenied,
            "The configuration \(path) cannot be written.",
            hint: "Check who may write its folder, or name another file with --config.",
            cause: String(cString: strerror(errno))
        )
    }
}
