// SPDX-License-Identifier: Apache-2.0

package import CMegaraptorABI
internal import Glibc
package import MegaraptorErrors
package import PluginTrust

/// A plugin's library, mapped once and never unmapped: unloading a Swift library crashes the process later.
package struct PluginLibrary {
    package typealias Entry = @convention(c) (UnsafePointer<mr_host>?, UnsafeMutablePointer<mr_plugin>?) -> Int32

    let identity: LibraryIdentity
    package let entry: Entry

    package static let entrySymbol = "megaraptor_plugin_v1"

    /// Maps the library that was read before. Blocks for as long as its dependencies take, commonly 5 to 50 ms.
    ///
    /// The loader takes a path, as a descriptor's would hide the library's own folder from its dependencies. So the
    /// path is compared with the file that was read before and after.
    package static func open(_ identity: LibraryIdentity) throws(MegaraptorError) -> PluginLibrary {
        let path = identity.path
        try identity.requireUnchanged()
        // A bare name would be looked for in the system's folders.
        guard let handle = dlopen(path.contains("/") ? path : "./\(path)", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The plugin library \(path) cannot be loaded.",
                hint:
                    "Build it for this machine, with its dependencies installed; `ldd \(path)` shows what is missing.",
                cause: lastError()
            )
        }
        try identity.requireUnchanged()
        guard let symbol = dlsym(handle, entrySymbol) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The library \(path) is no plugin: it does not export \(entrySymbol).",
                hint: "Export that one function, as megaraptor_plugin.h declares it.",
                cause: lastError()
            )
        }
        return PluginLibrary(identity: identity, entry: unsafeBitCast(symbol, to: Entry.self))
    }

    /// Maps whatever lies at a path now, for checks that need no more.
    package static func open(_ path: String) throws(MegaraptorError) -> PluginLibrary {
        try open(LibraryIdentity(reading: path))
    }

    private static func lastError() -> String? {
        dlerror().map { String(cString: $0) }
    }
}
