// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import PluginManifest

/// Where a Swift plugin's package finds the kit.
struct KitLocation {
    /// The dependency in `Package.swift`.
    let dependency: String

    /// - Parameter name: a folder or a URL; `nil` takes the source tree from which this program was built.
    init(named name: String?) throws(MegaraptorError) {
        if let name, name.contains("://") || name.hasSuffix(".git") {
            dependency = ".package(url: \(Self.literal(name)), branch: \"main\")"
            return
        }
        let sources = try AuthorsFiles.located().kit
        guard let path = name ?? sources else {
            throw MegaraptorError(
                .invalidArgument,
                "A Swift plugin needs to know where its kit is.",
                hint: "Name the folder or the URL of megaraptor-mcp's package: --kit PATH."
            )
        }
        guard PluginSearch.isFile("\(path)/Package.swift"), let real = realpath(path, nil) else {
            throw MegaraptorError(
                .notFound,
                "There is no Swift package in \(path).",
                hint: "Name the folder or the URL of megaraptor-mcp's package: --kit PATH."
            )
        }
        defer { free(real) }
        dependency = ".package(name: \"megaraptor-mcp\", path: \(Self.literal(String(cString: real))))"
    }

    /// A Swift string literal.
    private static func literal(_ text: String) -> String {
        let escaped = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined()
        return "\"\(escaped)\""
    }
}
