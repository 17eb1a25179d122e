// SPDX-License-Identifier: Apache-2.0

/// Where the bundled manifests and libraries lie, seen from the running program.
///
/// Installed: `PREFIX/bin`, `PREFIX/lib/megaraptor-mcp`, `PREFIX/share/megaraptor-mcp/manifests`.
/// Built: everything in `.build/…/{debug,release}`, manifests at the top of the source tree.
package struct InstallationLayout {
    package let manifests: String
    package let libraries: [String]

    package init(executable: String) {
        let folders = executable.split(separator: "/").dropLast().map(String.init)
        let bin = "/" + folders.joined(separator: "/")
        if let build = folders.lastIndex(of: ".build") {
            manifests = "/" + (folders[..<build] + ["manifests"]).joined(separator: "/")
            libraries = [bin]
        } else {
            let prefix = "/" + folders.dropLast().joined(separator: "/")
            manifests = "\(prefix)/share/megaraptor-mcp/manifests"
            libraries = ["\(prefix)/lib/megaraptor-mcp", bin]
        }
    }
}
