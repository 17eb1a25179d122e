// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

extension Plugins {
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a plugin again: takes it out of disabled_plugins in megaraptor.yaml."
        )

        @OptionGroup var options: HostOptions

        @Argument(help: "The plugin's id.", completion: .custom { _, _, _ in KnownNames.plugins })
        var id: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws { try Plugins.turn(id, on: true, options.settings, json) }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer nothing of a plugin and do not open it: adds it to disabled_plugins in megaraptor.yaml."
        )

        @OptionGroup var options: HostOptions

        @Argument(help: "The plugin's id.", completion: .custom { _, _, _ in KnownNames.plugins })
        var id: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws { try Plugins.turn(id, on: false, options.settings, json) }
    }

    private static func turn(_ id: String, on isOn: Bool, _ settings: HostSettings, _ json: Bool) throws {
        var file = try EditedConfiguration(settings, RunningProgram.environment)
        let ids = file.manifests.map(\.id)
        let listed = file.policy.disabledPlugins.map(\.text)
        // One that is listed may be gone; taking it out of the list must still be possible.
        guard ids.contains(id) || listed.contains(id) else {
            throw KnownNames.refusal("plugin", id, among: ids, "plugins list")
        }
        if isOn {
            let rest = NameList.removing(id, from: listed) { rule in ids.filter(PolicyRule(rule, .shipped).matches) }
            if rest != listed { try file.set("disabled_plugins", to: rest) }
        } else if file.policy.ruleDisabling(id) == nil {
            try file.set("disabled_plugins", to: listed + [id])
        }
        let offer = try HostOffer(settings, RunningProgram.environment)
        let rule = offer.configuration.policy.ruleDisabling(id)
        try file.report("plugin", id, wanted: isOn, isOn: rule == nil, rule?.origin, json)
    }
}
