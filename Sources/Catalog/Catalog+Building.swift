// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors
public import PluginManifest

extension Catalog {
    /// Decides what is visible and callable: a pure function of what is offered and what is allowed.
    ///
    /// - Throws: `invalid_argument` for a toolset that no plugin has; silence would leave tools off that somebody
    ///   believes to be on.
    public init(manifests: [PluginManifest], policy: CatalogPolicy) throws(MegaraptorError) {
        try Self.checkToolsets(policy, manifests)
        self.init()
        for manifest in manifests {
            let on = Self.toolsetsOn(in: manifest, policy)
            tools += manifest.tools
                .filter { on.contains($0.toolset) && (!policy.readOnly || $0.annotations.readOnly) }
                .map { Entry($0, pluginID: manifest.id) }
            resources += manifest.resources.map { Entry($0, pluginID: manifest.id) }
            resourceTemplates += manifest.resourceTemplates.map { Entry($0, pluginID: manifest.id) }
            prompts += manifest.prompts.map { Entry($0, pluginID: manifest.id) }
        }
        callable = Set(manifests.filter { $0.library != nil }.map(\.id))
        try refuseDuplicates()
        instructions = Self.instructions(for: manifests, policy)
    }

    private static func toolsetsOn(in manifest: PluginManifest, _ policy: CatalogPolicy) -> Set<String> {
        let on = manifest.toolsets.filter { toolset in
            switch policy.toolsets {
            case .all: true
            case .asShipped: toolset.isDefault
            case .only(let names):
                names.contains(toolset.name) || (toolset.isDefault && names.contains(CatalogPolicy.shippedToolsets))
            }
        }
        return Set(on.map(\.name))
    }

    private static func checkToolsets(
        _ policy: CatalogPolicy,
        _ manifests: [PluginManifest]
    ) throws(MegaraptorError) {
        guard case .only(let names) = policy.toolsets else { return }
        let known = Set(manifests.flatMap { $0.toolsets.map(\.name) })
        for name in names.sorted() where !known.contains(name) && name != CatalogPolicy.shippedToolsets {
            throw MegaraptorError(
                .invalidArgument,
                "There is no toolset \"\(name)\".",
                hint: "Known are: \(known.sorted().joined(separator: ", ")), default and all."
            )
        }
    }

    /// Two plugins that offer the same name would make a call ambiguous.
    private func refuseDuplicates() throws(MegaraptorError) {
        try Self.refuseDuplicates("tool", tools.map { ($0.contribution.name, $0.pluginID) })
        try Self.refuseDuplicates("resource", resources.map { ($0.contribution.uri, $0.pluginID) })
        let templates = resourceTemplates.map { ($0.contribution.uriTemplate, $0.pluginID) }
        try Self.refuseDuplicates("resource template", templates)
        try Self.refuseDuplicates("prompt", prompts.map { ($0.contribution.name, $0.pluginID) })
    }

    private static func refuseDuplicates(_ kind: String, _ offers: [(String, String)]) throws(MegaraptorError) {
        var owners: [String: String] = [:]
        for (name, plugin) in offers {
            guard let owner = owners.updateValue(plugin, forKey: name) else { continue }
            throw MegaraptorError(
                .conflict,
                "The \(kind) \"\(name)\" is offered by \(owner) and by \(plugin).",
                hint: "Remove one of the two plugins, or switch off its toolset if it is a tool."
            )
        }
    }

    /// What a model is told at the start, from what is on and off now.
    private static func instructions(for manifests: [PluginManifest], _ policy: CatalogPolicy) -> String {
        var lines = manifests.filter { !$0.tools.isEmpty }.map { $0.description }
        let off = manifests.flatMap { manifest in
            let on = toolsetsOn(in: manifest, policy)
            return manifest.toolsets.filter { !on.contains($0.name) }.map(\.name)
        }
        if !off.isEmpty {
            lines.append(
                "Toolsets that are off: \(off.joined(separator: ", ")). Whoever runs this server can turn them on."
            )
        }
        if policy.readOnly { lines.append("The server is read-only: tools that change something are not offered.") }
        return String(lines.joined(separator: "\n").prefix(1500))
    }
}
