// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import WholeFiles

/// An empty folder for one check, removed with its value.
struct TemporaryHome: ~Copyable {
    private let folder: TemporaryFolder

    init() throws(MegaraptorError) { folder = try TemporaryFolder("\(Self.parent)/megaraptor-plugin-") }

    deinit { folder.remove() }

    var path: String { folder.path }

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
}
