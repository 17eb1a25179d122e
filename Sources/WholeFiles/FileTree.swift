// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// A file, or a folder with all that is in it.
package enum FileTree {
    /// Takes it away. A link is removed, not followed.
    package static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        do throws(MegaraptorError) {
            for name in try FolderListing.names(path) ?? [] { remove("\(path)/\(name)") }
        } catch {
            // What cannot be looked into cannot be emptied; it stays, and no later folder has its name.
        }
        rmdir(path)
    }
}
