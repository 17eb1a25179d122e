// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import PluginManifest

/// Prints the schemas that the two YAML files are held against, for editors and for docs/schema.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of megaraptor.yaml (config) or of plugin.yaml (manifest)."
    )

    enum File: String, ExpressibleByArgument, CaseIterable {
        case config
        case manifest
    }

    @Argument(help: "config or manifest.")
    var file: File

    func run() throws {
        switch file {
        case .config: try TerminalText.write(OperatorConfiguration.schema)
        case .manifest: try TerminalText.write(PluginManifest.schema)
        }
    }
}
