// SPDX-License-Identifier: Apache-2.0

import PluginManifest

/// A plugin's lines for a terminal. A manifest's words are not trusted yet.
enum PluginText {
    static func print(_ manifest: PluginManifest, _ lines: [(String, String)]) {
        Swift.print("\(manifest.id) \(manifest.version)  \(manifest.name.printable)")
        let width = lines.map(\.0.count).max() ?? 0
        for (label, text) in lines {
            Swift.print("  \(label)\(String(repeating: " ", count: width - label.count))  \(text.printable)")
        }
    }
}
