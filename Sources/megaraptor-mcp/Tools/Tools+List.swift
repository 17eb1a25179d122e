// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import PluginManifest

extension Tools {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tools that are on.")

        @OptionGroup var options: HostOptions

        @Flag(help: "List those that are off too.")
        var all = false

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let decisions = try HostOffer(options.settings, RunningProgram.environment).catalog.decisions
                .filter { all || $0.isOn }
            if json { return try TerminalText.write(.array(decisions.map(\.json))) }
            var table = TextTable("TOOL", "STATE", "EFFECT", "TOOLSET", "PLUGIN", "WHY")
            for decision in decisions {
                table.add(
                    decision.tool.name,
                    decision.isOn ? "on" : "off",
                    decision.effect,
                    decision.tool.toolset,
                    decision.plugin,
                    decision.reason
                )
            }
            try TerminalText.write(table.text())
        }
    }
}
