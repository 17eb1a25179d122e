// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import PluginManifest

/// A plugin on disk, as an author has it.
enum PluginFolder {
    static func manifest(in folder: String) throws(MegaraptorError) -> PluginManifest {
        let layout = InstallationLayout(executable: try RunningProgram.path())
        return try PluginManifest.read(folder: folder, libraryFolders: layout.libraries)
    }

    /// Where the library of a manifest lies; `nil` for a plugin without one.
    static func library(of manifest: PluginManifest) throws(MegaraptorError) -> String? {
        guard let name = manifest.library else { return nil }
        guard let path = manifest.libraryPath else {
            throw MegaraptorError(
                .notFound,
                "The library \(name) was not found.",
                hint: "Build it, or put it beside its manifest. Looked in: "
                    + "\(manifest.librarySearch.joined(separator: ", "))."
            )
        }
        return path
    }
}

/// What the program can know of itself without Foundation.
enum RunningProgram {
    /// The absolute path of the executable, links resolved.
    static func path() throws(MegaraptorError) -> String {
        guard let real = realpath("/proc/self/exe", nil) else {
            throw MegaraptorError(.unavailable, "The running program's own path cannot be found.")
        }
        defer { free(real) }
        return String(cString: real)
    }
}
