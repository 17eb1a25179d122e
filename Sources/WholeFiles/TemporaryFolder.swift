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

    /// Takes it away with all that is in it.
    package func remove() { FileTree.remove(path) }
}
