// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import PluginManifest

/// Prints what `plugin.yaml` is held against.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the JSON Schema of plugin.yaml.")

    func run() {
        print(PluginManifest.schema.prettyJSON())
    }
}
