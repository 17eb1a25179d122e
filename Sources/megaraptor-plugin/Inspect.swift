// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import Logging
import MegaraptorErrors
import PluginHost
import PluginManifest
import YAMLSource

/// Asks a plugin's library what it offers.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a plugin's library offers, or the manifest that matches it."
    )

    @Argument(help: "The library, such as .build/release/libVelociraptor.so.")
    var library: String

    @Option(help: "Take everything that code does not know (name, license, toolsets, …) from this manifest.")
    var base: String?

    @Flag(help: "Print the manifest that matches the code.")
    var manifest = false

    func run() throws {
        let described = try PluginHost.inspect(
            library: library,
            logger: Logger(label: "megaraptor-plugin") { StandardErrorLogHandler(label: $0) }
        )
        guard manifest else {
            print(described.json.prettyJSON())
            return
        }
        let known = try base.map(Self.read) ?? .object([:])
        print(YAMLEmitter.text(for: ManifestDraft(described, keeping: known).json), terminator: "")
    }

    private static func read(_ file: String) throws -> JSONValue {
        try YAMLDocument.parse(try CheckedYAML.contents(of: file), file: file).json
    }
}
