// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors
internal import Synchronization

/// Which file a path names, whatever the path.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64

    init(of path: String) throws(MegaraptorError) {
        var info = stat()
        guard stat(path, &info) == 0 else {
            throw MegaraptorError(
                .notFound,
                "There is no plugin library at \(path).",
                hint: "Build the plugin, or correct `library` in its manifest.",
                cause: String(cString: strerror(errno))
            )
        }
        device = UInt64(info.st_dev)
        inode = UInt64(info.st_ino)
    }
}

/// Which plugin each library was opened for.
///
/// The loader maps a file once, however often it is opened: a second plugin from it would share the first one's
/// variables.
final class OpenedLibraries: Sendable {
    private let owners = Mutex<[FileIdentity: String]>([:])

    func claim(_ file: FileIdentity, for plugin: String) throws(MegaraptorError) {
        let owner = owners.withLock { owners in
            if owners[file] == nil { owners[file] = plugin }
            return owners[file]
        }
        guard let owner, owner != plugin else { return }
        throw MegaraptorError(
            .conflict,
            "The library of \(plugin) is the same file as that of \(owner), which is open.",
            hint: "Give each plugin a library of its own: a copy, not a link."
        )
    }
}
