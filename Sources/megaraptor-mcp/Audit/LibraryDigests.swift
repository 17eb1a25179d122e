// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import PluginHost
import PluginTrust

/// The SHA-256 of the library that answers, or will answer, for a plugin.
struct LibraryDigests: Sendable {
    let host: PluginHost

    /// Hexadecimal; empty for what has no library or one that cannot be read.
    ///
    /// A library that was opened stays open as it was, whatever becomes of its file. Before the first call it is read.
    func digest(of plugin: String) -> String {
        if let open = host.openLibrary(of: plugin) { return open.sha256 }
        guard let path = host.libraryPath(of: plugin) else { return "" }
        do {
            return try LibraryIdentity(reading: path).sha256
        } catch {
            // That it cannot be opened is told by the call.
            return ""
        }
    }
}
