// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import MegaraptorErrors
import PluginManifest

extension Toolsets {
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switch a toolset on: adds it to toolsets in megaraptor.yaml."
        )

        @OptionGroup var options: HostOptions

        @Argument(help: "The toolset.", completion: .custom { _, _, _ in KnownNames.toolsets })
        var name: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws { try Toolsets.turn(name, on: true, options.settings, json) }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switch a toolset off: takes it out of toolsets in megaraptor.yaml.",
            discussion: "Where default, all or a pattern has it on, the names that it stands for are written out."
        )

        @OptionGroup var options: HostOptions

        @Argument(help: "The toolset.", completion: .custom { _, _, _ in KnownNames.toolsets })
        var name: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws { try Toolsets.turn(name, on: false, options.settings, json) }
    }

    private static func turn(_ name: String, on isOn: Bool, _ settings: HostSettings, _ json: Bool) throws {
        var file = try EditedConfiguration(settings, RunningProgram.environment)
        let all = file.manifests.flatMap(\.toolsets)
        guard let toolset = all.first(where: { $0.name == name }) else {
            throw KnownNames.refusal("toolset", name, among: all.map(\.name), "toolsets list")
        }
        let listed = file.policy.toolsets?.rules.map(\.text) ?? [CatalogPolicy.shippedToolsets]
        if isOn, !file.policy.isOn(toolset) {
            try file.set("toolsets", to: listed + [name])
        } else if !isOn, file.policy.isOn(toolset) {
            let rest = NameList.removing(name, from: listed) { rule in
                let one = CatalogPolicy.Toolsets([PolicyRule(rule, .shipped)], .shipped)
                return all.filter { one.rule(for: $0) != nil }.map(\.name)
            }
            try file.set("toolsets", to: rest)
        }
        let policy = try HostOffer(settings, RunningProgram.environment).configuration.policy
        let origin = policy.toolsets.map { $0.rule(for: toolset)?.origin ?? $0.origin }
        try file.report("toolset", name, wanted: isOn, isOn: policy.isOn(toolset), origin, json)
    }
}
