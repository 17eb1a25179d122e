// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust

extension Plugins {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the plugins that were found.",
            discussion: "The exit status is 1 when a plugin was refused, or the server would not start."
        )

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let environment = RunningProgram.environment
            let configuration = try options.configuration(environment)
            let (discovery, trust) = HostOptions.discover(configuration, environment)
            let states = discovery.manifests.map { manifest in
                let rule = configuration.policy.ruleDisabling(manifest.id)
                return State(
                    manifest: manifest,
                    disabled: rule.map { "disabled by \"\($0.text)\" (\($0.origin))" },
                    trust: trust[manifest.id]?.description ?? ""
                )
            }
            if json {
                try TerminalText.write(Self.json(states, discovery))
            } else {
                try TerminalText.write(Self.text(states, discovery))
            }
            // What would stop the server stops here too.
            _ = try HostOffer.decide(configuration, discovery)
            if !discovery.problems.isEmpty { throw ExitCode(1) }
        }

        private struct State {
            let manifest: PluginManifest
            /// Why nothing of it is offered; `nil` where it is not disabled.
            let disabled: String?
            let trust: String
        }

        private static func text(_ states: [State], _ discovery: PluginSearch.Discovery) -> String {
            var table = TextTable("PLUGIN", "VERSION", "TOOLS", "STATE", "TRUST", "MANIFEST", "LIBRARY")
            for state in states {
                let manifest = state.manifest
                let missing = manifest.library.map { "\($0) (not found)" }
                table.add(
                    manifest.id,
                    manifest.version,
                    "\(manifest.tools.count)",
                    state.disabled ?? "enabled",
                    state.trust,
                    manifest.folder,
                    manifest.libraryPath ?? missing ?? "none"
                )
            }
            let hidden = discovery.shadowed.map { "not used: \($0.folder): \($0.by) has the same id \($0.id)" }
            let refused = discovery.problems.map { "refused: \($0)" }
            return (hidden + refused).reduce(into: table.text()) { $0 += $1.printable + "\n" }
        }

        private static func json(
            _ states: [State],
            _ discovery: PluginSearch.Discovery
        ) -> JSONValue {
            let plugins = states.map { state -> JSONValue in
                let manifest = state.manifest
                var plugin: JSONObject = [
                    "id": .string(manifest.id), "name": .string(manifest.name), "version": .string(manifest.version),
                    "enabled": .bool(state.disabled == nil), "bundled": .bool(manifest.isBundled),
                    "trust": .string(state.trust),
                    "folder": .string(manifest.folder), "library": manifest.libraryPath.map(JSONValue.string) ?? .null,
                    "toolsets": .array(manifest.toolsets.map { .string($0.name) }),
                    "tools": .array(manifest.tools.map { .string($0.name) }),
                ]
                if let disabled = state.disabled { plugin["reason"] = .string(disabled) }
                return .object(plugin)
            }
            let shadowed = discovery.shadowed.map { hidden -> JSONValue in
                ["id": .string(hidden.id), "folder": .string(hidden.folder), "by": .string(hidden.by)]
            }
            return [
                "plugins": .array(plugins), "shadowed": .array(shadowed),
                "refused": .array(discovery.problems.map(\.json)),
            ]
        }
    }
}
