// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import PluginManifest

// Two that answer to one name would make a call ambiguous.

extension Catalog {
    func refuseDuplicates() throws(MegaraptorError) {
        try Self.refuseDuplicates("tool", tools.map { ($0.contribution.name, $0.pluginID) })
        try Self.refuseDuplicates("resource", resources.map { ($0.contribution.uri, $0.pluginID) })
        let templates = resourceTemplates.map { ($0.contribution.uriTemplate, $0.pluginID) }
        try Self.refuseDuplicates("resource template", templates)
        try Self.refuseDuplicates("prompt", prompts.map { ($0.contribution.name, $0.pluginID) })
    }

    /// Of two runners with one name nobody could tell which runs a tool.
    func refuseDuplicateRunners(_ manifests: [PluginManifest]) throws(MegaraptorError) {
        let enabled = manifests.filter { !disabledPlugins.contains($0.id) }
        try Self.refuseDuplicates("runner", enabled.flatMap { plugin in plugin.runners.map { ($0.name, plugin.id) } })
        let providers = enabled.flatMap { plugin in
            plugin.providers.map { ("\($0.name) of \($0.interface)", plugin.id) }
        }
        try Self.refuseDuplicates("provider", providers)
    }

    private static func refuseDuplicates(_ kind: String, _ offers: [(String, String)]) throws(MegaraptorError) {
        var owners: [String: String] = [:]
        for (name, plugin) in offers {
            guard let owner = owners.updateValue(plugin, forKey: name) else { continue }
            throw MegaraptorError(
                .conflict,
                "The \(kind) \"\(name)\" is offered by \(owner) and by \(plugin).",
                hint: "Disable one of the two (megaraptor-mcp plugins disable ID), or deny one if it is a tool."
            )
        }
    }

    /// Tools that are off count too: else a call of one that is off would reach another that once had its name.
    func refuseAmbiguousAliases() throws(MegaraptorError) {
        let offered = decisions.filter { !disabledPlugins.contains($0.plugin) }
        guard offered.contains(where: { !$0.tool.aliases.isEmpty }) else { return }
        var owners = Dictionary(offered.map { ($0.tool.name, $0) }) { first, _ in first }
        for decision in offered {
            for alias in decision.tool.aliases {
                guard let owner = owners.updateValue(decision, forKey: alias) else { continue }
                let tools = "\(decision.tool.name) of \(decision.plugin) and \(owner.tool.name) of \(owner.plugin)"
                throw MegaraptorError(
                    .conflict,
                    "The name \"\(alias)\", a former one of a tool, would mean two: \(tools).",
                    hint: "Disable one of the plugins: megaraptor-mcp plugins disable ID."
                )
            }
        }
    }
}
