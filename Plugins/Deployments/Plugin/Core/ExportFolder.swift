// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// A folder that files for people are written to.
struct ExportFolder: Sendable {
    let path: String

    /// A folder of somebody's choice, which is made now, so that nothing of theirs is written over.
    init(_ path: String) throws(MegaraptorError) {
        try PrivateFile.makeNewFolder(path, named: "output_path")
        self.path = path
    }

    /// A folder of our own, which may be there already.
    init(ours path: String) throws(MegaraptorError) {
        try PrivateFile.makeFolder(FilePath(path))
        self.path = path
    }

    func write(_ files: [ExportedFile]) throws(MegaraptorError) {
        for file in files {
            guard !file.name.contains("/"), !file.name.hasPrefix("."), !file.name.isEmpty else {
                throw MegaraptorError(
                    .internal,
                    "The deployer wants to write \"\(file.name)\", which is no plain name."
                )
            }
            try PrivateFile.replace("\(path)/\(file.name)", with: Array(file.text.utf8))
        }
    }
}
