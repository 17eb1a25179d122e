// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginTrust

/// The SHA-256 of what answers, or will answer, for a plugin: its library, or what its manifest contributes where it
/// has none.
struct LibraryDigests: Sendable {
    let host: PluginHost

    /// Hexadecimal; empty for a library that cannot be read.
    ///
    /// A library that was opened stays open as it was, whatever becomes of its file. Before the first call it is read.
    func digest(of plugin: String) -> String {
        if let open = host.openLibrary(of: plugin) { return open.sha256 }
        do {
            guard let path = host.libraryPath(of: plugin) else {
                let entries = host.contributions(of: plugin).sorted.jsonBytes()
                return Hexadecimal.encode(try SHA256.digest(entries))
            }
            return try LibraryIdentity(reading: path).sha256
        } catch {
            // That it cannot be opened is told by the call.
            return ""
        }
    }
}
