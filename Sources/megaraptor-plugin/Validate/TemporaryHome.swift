// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// An empty folder for one check, removed with its value.
struct TemporaryHome: ~Copyable {
    let path: String

    init() throws(MegaraptorError) {
        var template = Array("\(Self.parent)/megaraptor-plugin-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw MegaraptorError(
                .unavailable,
                "No temporary folder can be made in \(Self.parent).",
                cause: String(cString: strerror(errno))
            )
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        Self.remove(path)
    }

    /// A file without a name, closed on exec.
    static func file() throws(MegaraptorError) -> Int32 {
        var template = Array("\(parent)/megaraptor-plugin-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw MegaraptorError(
                .unavailable,
                "No temporary file can be made in \(parent).",
                cause: String(cString: strerror(errno))
            )
        }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static var parent: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// A link is removed, not followed.
    private static func remove(_ path: String) {
        guard unlink(path) != 0, let directory = opendir(path) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { remove("\(path)/\(name)") }
        }
        closedir(directory)
        rmdir(path)
    }
}
