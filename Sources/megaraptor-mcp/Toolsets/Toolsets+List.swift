// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import PluginManifest

extension Toolsets {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the toolsets, on and off.")

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let rows = Self.rows(try HostOffer(options.settings, RunningProgram.environment))
            if json { return try TerminalText.write(.array(rows.map(\.json))) }
            var table = TextTable("TOOLSET", "STATE", "TOOLS ON", "WHERE", "DESCRIPTION")
            for row in rows {
                table.add(row.name, row.isOn ? "on" : "off", "\(row.on) of \(row.all)", row.origin, row.description)
            }
            try TerminalText.write(table.text())
        }

        /// One toolset of one plugin. Two plugins may use one name, and an operator then switches both.
        private struct Row {
            var name: String
            var plugin: String
            var description: String
            var isOn: Bool
            var origin: String
            var on: Int
            var all: Int

            var json: JSONValue {
                [
                    "name": .string(name), "plugin": .string(plugin), "description": .string(description),
                    "on": .bool(isOn), "where": .string(origin), "tools": JSONValue(all), "tools_on": JSONValue(on),
                ]
            }
        }

        private static func rows(_ offer: HostOffer) -> [Row] {
            let policy = offer.configuration.policy
            return offer.discovery.manifests.flatMap { manifest in
                manifest.toolsets.map { toolset in
                    let tools = offer.catalog.decisions.filter {
                        $0.plugin == manifest.id && $0.tool.toolset == toolset.name
                    }
                    let disabling = policy.ruleDisabling(manifest.id)
                    let naming = policy.toolsets.map { $0.rule(for: toolset)?.origin ?? $0.origin }
                    return Row(
                        name: toolset.name,
                        plugin: manifest.id,
                        description: toolset.description,
                        isOn: disabling == nil && policy.isOn(toolset),
                        origin: "\(disabling?.origin ?? naming ?? .shipped)",
                        on: tools.count(where: \.isOn),
                        all: tools.count
                    )
                }
            }
        }
    }
}
