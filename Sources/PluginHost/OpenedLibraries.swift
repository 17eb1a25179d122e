// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import PluginTrust
internal import Synchronization

/// Which plugin each library was opened for.
///
/// The loader maps a file once, however often it is opened: a second plugin from it would share the first one's
/// variables.
final class OpenedLibraries: Sendable {
    private struct File: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private let owners = Mutex<[File: String]>([:])

    /// Whether a library has been mapped for the plugin, which cannot be undone.
    func hasOpened(_ plugin: String) -> Bool { owners.withLock { $0.values.contains(plugin) } }

    func claim(_ library: LibraryIdentity, for plugin: String) throws(MegaraptorError) {
        let file = File(device: library.device, inode: library.inode)
        let owner = owners.withLock { owners in
            if owners[file] == nil { owners[file] = plugin }
            return owners[file]
        }
        guard let owner, owner != plugin else { return }
        throw MegaraptorError(
            .conflict,
            "The library of \(plugin) is the same file as that of \(owner), which is open.",
            hint: "Give each plugin a library of its own: a copy, not a link."
        )
    }
}
