// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import MegaraptorErrors

/// What is in a folder.
package enum FolderListing {
    /// The names in it, sorted, without `.` and `..`; `nil` where there is no such folder.
    package static func names(_ path: String) throws(MegaraptorError) -> [String]? {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return nil }
            let reason = String(cString: strerror(errno))
            throw MegaraptorError(.permissionDenied, "The folder \(path) cannot be read: \(reason).")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
