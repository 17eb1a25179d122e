// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import SystemPackage
import WholeFiles

extension ArtefactFolder {
    /// Makes the folder, in this one, that a file such as `roles/agent/tasks/main.yml` lies in.
    func makeRoom(for file: String) throws(MegaraptorError) {
        guard let end = file.lastIndex(of: "/") else { return }
        try PrivateFile.makeFolder(FilePath("\(path)/\(file[..<end])"))
    }

    /// The files in it and in its folders, sorted.
    func fileNames() throws(MegaraptorError) -> [String] { try Self.fileNames(path, prefix: "") }

    private static func fileNames(_ folder: String, prefix: String) throws(MegaraptorError) -> [String] {
        var found: [String] = []
        for name in try FolderListing.names(folder) ?? [] {
            let path = "\(folder)/\(name)"
            if isFolder(path) {
                found += try fileNames(path, prefix: "\(prefix)\(name)/")
            } else {
                found.append(prefix + name)
            }
        }
        return found
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
