// SPDX-License-Identifier: Apache-2.0

import PluginManifest

extension Check {
    /// What can be said of `plugin.yaml` and the names around it.
    static let manifest: [Check] = [
        Check("manifest.schema") { subject in
            let manifest = try subject.manifest()
            return .pass("plugin.yaml of \(manifest.id) \(manifest.version) fits the manifest's schema.")
        },
        Check("manifest.names", needs: ["manifest.schema"]) { subject in
            let manifest = try subject.manifest()
            let folder = subject.folder.split(separator: "/").last.map(String.init) ?? ""
            for (what, name) in [("folder", folder), ("library", manifest.library ?? manifest.id)] {
                guard PlainName.isPlain(name) else {
                    return .fail(
                        "The \(what)'s name \"\(name)\" is no plain path component: use letters, digits and . _ - +."
                    )
                }
            }
            guard folder == manifest.id else {
                return .warn("The folder is called \(folder); people look for it under its id, \(manifest.id).")
            }
            return .pass("The id and the names of folder and library are plain path components.")
        },
    ]
}

/// Names that mean the same in every shell, on every file system and in every log.
enum PlainName {
    static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        return name.utf8.count <= 255 && name.utf8.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-+".utf8.contains(byte)
        }
    }
}
