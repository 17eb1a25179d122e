// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Small files of text in the lab's folder.
enum TextFile {
    /// The text of a file; `nil` if there is none.
    static func contents(of path: String) throws(MegaraptorError) -> String? {
        guard let file = fopen(path, "r") else {
            if errno == ENOENT { return nil }
            throw failure("read", path)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk[..<count])
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else { throw failure("read", path) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a file that only its owner can read, and puts it in place at once.
    static func write(_ text: String, to path: String) throws(MegaraptorError) {
        let fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw failure("write", path) }
        let bytes = Array(text.utf8)
        let written = Glibc.write(descriptor, bytes, bytes.count)
        guard close(descriptor) == 0, written == bytes.count, rename(fresh, path) == 0 else {
            throw failure("write", path)
        }
    }

    /// Makes a folder, and those above it, that only their owner can enter.
    static func makeDirectory(_ path: String) throws(MegaraptorError) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/" + part
            if mkdir(built, 0o700) != 0, errno != EEXIST { throw failure("make", built) }
        }
    }

    private static func failure(_ what: String, _ path: String) -> MegaraptorError {
        let reason = String(cString: strerror(errno))
        return MegaraptorError(.failedPrecondition, "The lab cannot \(what) \(path): \(reason).")
    }
}
