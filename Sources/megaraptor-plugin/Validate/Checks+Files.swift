// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import PluginManifest

extension Check {
    /// Who could change the plugin's files, and whether somebody did.
    static let files: [Check] = [
        Check("files.permissions", needs: ["manifest.schema"]) { subject in
            let manifest = try subject.manifest()
            for file in ["\(subject.folder)/plugin.yaml"] + (manifest.libraryPath.map { [$0] } ?? []) {
                if let fault = FilePermissions.fault(of: file) { return .fail(fault) }
            }
            return .pass("Only their owner and root can change the plugin's files and the folders above them.")
        },
        Check("library.sha256", needs: ["manifest.schema"]) { subject in
            let library = try subject.library()
            guard let named = try subject.manifest().sha256 else {
                return .skip("The manifest names no sha256.")
            }
            let found = Hexadecimal.encode(try SHA256.digest(try CheckedYAML.contents(of: library)))
            guard found == named else {
                return .fail("The library's SHA-256 is \(found), the manifest names \(named).")
            }
            return .pass("The library's SHA-256 is the one that the manifest names.")
        },
    ]
}
