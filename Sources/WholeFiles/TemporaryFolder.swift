// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import MegaraptorErrors

/// An empty folder of this user's alone, for what is not needed later.
package struct TemporaryFolder: Sendable {
    package let path: String

    /// - Parameter start: the path that its own begins with; six letters follow.
    package init(_ start: String) throws(MegaraptorError) {
        var name = Array("\(start)XXXXXX".utf8CString)
        guard let made = mkdtemp(&name) else {
            throw MegaraptorError(
                .unavailable,
                "No temporary folder can be made at \(start).",
                cause: String(cString: strerror(errno))
            )
        }
        path = String(cString: made)
    }

    /// Takes it away with all that is in it. A link is removed, not followed.
    package func remove() { Self.remove(path) }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        do throws(MegaraptorError) {
            for name in try FolderListing.names(path) ?? [] { remove("\(path)/\(name)") }
        } catch {
            // What cannot be looked into cannot be emptied; it stays, and no later folder has its name.
        }
        rmdir(path)
    }
}
