// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

extension Tools {
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which rule has a tool on or off, where it stands, and which were looked at before.",
            discussion: "The exit status is 0 for a tool that is on or off, and 1 for one that does not exist."
        )

        @OptionGroup var options: HostOptions

        @Argument(
            help: "A tool, one of its former names, or a pattern with *.",
            completion: .custom { _, _, _ in KnownNames.tools }
        )
        var name: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let catalog = try HostOffer(options.settings, RunningProgram.environment).catalog
            let found = Self.decisions(on: name, catalog)
            guard !found.isEmpty else {
                let known = catalog.decisions.flatMap { [$0.tool.name] + $0.tool.aliases }
                throw KnownNames.refusal("tool", name, among: known, "tools list --all")
            }
            if json { return try TerminalText.write(.array(found.map(\.json))) }
            try TerminalText.write(found.map(\.text).joined(separator: "\n"))
        }

        private static func decisions(on name: String, _ catalog: Catalog) -> [Decision] {
            guard name.contains("*") else { return catalog.decision(on: name).map { [$0] } ?? [] }
            let pattern = NamePattern(name)
            return catalog.decisions.filter { pattern.matches($0.tool.name) }
        }
    }
}
