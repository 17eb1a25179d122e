// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import PluginHost
import PluginManifest

extension Check {
    /// What can be said of the library's file before any of its code runs, and whether it can be mapped.
    static let library: [Check] = [
        Check("library.symbols", needs: ["manifest.schema"]) { subject in
            let exported = try ELFLibrary(at: try subject.library()).exportedSymbols
            guard exported != [PluginLibrary.entrySymbol] else {
                return .pass("The library exports \(PluginLibrary.entrySymbol) and nothing else.")
            }
            guard exported.contains(PluginLibrary.entrySymbol) else {
                return .fail("The library does not export \(PluginLibrary.entrySymbol).")
            }
            let others = exported.filter { $0 != PluginLibrary.entrySymbol }
            let shown = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", …" : "")
            return .fail(
                "The library exports \(others.count) more than \(PluginLibrary.entrySymbol): \(shown). "
                    + "Link it with -fvisibility=hidden, or with a version script."
            )
        },
        Check("library.runpath", needs: ["manifest.schema"]) { subject in
            let library = try subject.library()
            let parts: [String]
            do {
                parts = try ELFLibrary(at: library).runpath
            } catch {
                return .skip("What is no ELF library has no RUNPATH.")
            }
            for part in parts {
                if let fault = RunpathFault.of(part) { return .fail(fault) }
            }
            return .pass(
                parts.isEmpty
                    ? "The library has no RUNPATH."
                    : "Every part of RUNPATH is sound: \(parts.joined(separator: ", "))."
            )
        },
        Check("library.loads", needs: ["manifest.schema"]) { subject in
            _ = try PluginLibrary.open(try subject.library())
            return .pass("The library loads with RTLD_NOW|RTLD_LOCAL.")
        },
    ]
}

/// Why the loader must not look in a folder.
enum RunpathFault {
    static func of(_ part: String) -> String? {
        if part.isEmpty { return "RUNPATH has an empty part: the loader would look in the working directory." }
        guard part.hasPrefix("/") || part.hasPrefix("$ORIGIN") || part.hasPrefix("${ORIGIN}") else {
            return "RUNPATH names the relative folder \(part): the loader would look below the working directory."
        }
        let components = part.split(separator: "/")
        // A toolchain may live in a home; it is found again wherever it is installed the same way.
        let isToolchain = part.hasSuffix("/lib/swift/linux")
        let isBuild = components.contains { [".build", "build", "DerivedData"].contains($0) }
        let isPrivate = ["tmp", "home", "root"].contains(components.first ?? "") && part.hasPrefix("/")
        guard isToolchain || !(isBuild || isPrivate) else {
            return "RUNPATH names \(part), which is there on the machine where it was built only; use $ORIGIN."
        }
        return nil
    }
}
