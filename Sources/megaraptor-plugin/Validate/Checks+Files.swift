// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import PluginManifest
import PluginTrust

extension Check {
    /// Who could change the plugin's files, and whether somebody did.
    static let files: [Check] = [
        Check("files.permissions", needs: ["manifest.schema"]) { subject in
            // As a host judges a plugin that did not come with it.
            let policy = TrustPolicy(.pinned, lock: "", signers: [:], program: "")
            if let fault = policy.faults(of: try subject.manifest()).first {
                return .fail("\(fault.message) Mend it: \(fault.command)")
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
