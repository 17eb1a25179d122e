// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Glibc
import JSONValue
import PluginHost
import PluginManifest

extension Plugins {
    struct Paths: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show where the configuration and plugins are looked for, in order, and where the host keeps files."
        )

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let environment = RunningProgram.environment
            let configuration = try options.configuration(environment)
            let search = ConfigurationSearch(explicit: options.config, environment: environment)
            let folders = HostOptions.search(configuration, environment).folders.map { ($0.path, $0.origin) }
            let own = HostFolders(environment: environment)
            let kept = [
                ("lock", configuration.trust.lock ?? "\(own.config)/plugins.lock"),
                ("audit", configuration.audit.file ?? "\(own.state)/audit/audit.jsonl"),
                ("state", own.state), ("cache", own.cache), ("data", own.data),
            ]
            if json {
                try TerminalText.write(Self.json(search, folders, kept))
            } else {
                try TerminalText.write(Self.text(search, folders, kept))
            }
        }

        private static func text(
            _ search: ConfigurationSearch,
            _ folders: [(String, String)],
            _ kept: [(String, String)]
        ) -> String {
            var lines = ["The configuration is the first of these that is named or exists:"]
            for (index, place) in search.places.enumerated() {
                let state = index == search.chosen ? "  <- this one counts" : ""
                lines.append("  \(place.path ?? "-")  (\(place.origin))\(state)")
            }
            lines.append("Plugins are looked for in these folders; of two with one id the first counts:")
            lines += folders.map { "  \($0)  (\($1))" }
            lines.append("The host keeps:")
            lines += kept.map { "  \($1)  (\($0))" }
            return lines.map(\.printable).joined(separator: "\n") + "\n"
        }

        private static func json(
            _ search: ConfigurationSearch,
            _ folders: [(String, String)],
            _ kept: [(String, String)]
        ) -> JSONValue {
            let places = search.places.enumerated().map { index, place -> JSONValue in
                [
                    "origin": .string(place.origin), "path": place.path.map(JSONValue.string) ?? .null,
                    "exists": .bool(place.exists), "counts": .bool(index == search.chosen),
                ]
            }
            let plugins = folders.map { path, origin -> JSONValue in
                ["origin": .string(origin), "path": .string(path), "exists": .bool(access(path, F_OK) == 0)]
            }
            var all: JSONObject = ["configuration": .array(places), "plugins": .array(plugins)]
            for (name, path) in kept { all[name] = .string(path) }
            return .object(all)
        }
    }
}
