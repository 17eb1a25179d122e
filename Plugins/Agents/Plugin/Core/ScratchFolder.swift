// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// A folder for parts that are not needed later. On the same disk as what is made of them.
struct ScratchFolder: Sendable {
    let path: String

    /// - Parameter neighbour: a path of ours, which need not be there yet.
    init(beside neighbour: String) throws(MegaraptorError) {
        try PrivateFile.makeFolder(FilePath(neighbour).removingLastComponent())
        var template = "\(neighbour).parts-XXXXXX".utf8CString.map(\.self)
        guard let made = mkdtemp(&template) else {
            throw MegaraptorError(
                .internal,
                "No folder can be made beside \(neighbour): \(String(cString: strerror(errno)))."
            )
        }
        path = String(cString: made)
    }

    /// With all that is in it.
    func remove() { Self.remove(path) }

    private static func remove(_ path: String) {
        // What is no folder, or cannot be listed, is taken away as it is; a link is not followed.
        if unlink(path) == 0 { return }
        for name in (try? FolderListing.names(path)).flatMap(\.self) ?? [] { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
