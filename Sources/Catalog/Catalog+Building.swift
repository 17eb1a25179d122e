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
            let on = Set(manifest.toolsets.filter(policy.isOn).map(\.name))
            tools += manifest.tools
                .filter { on.contains($0.toolset) }
                .compactMap { policy.readOnly ? $0.readingOnly : $0 }
                .map { Entry($0, pluginID: manifest.id) }
            for tool in manifest.tools where on.contains(tool.toolset) {
                rules[tool.name] = "toolset \(tool.toolset) is on"
            }
            resources += manifest.resources.map { Entry($0, pluginID: manifest.id) }
            resourceTemplates += manifest.resourceTemplates.map { Entry($0, pluginID: manifest.id) }
            prompts += manifest.prompts.map { Entry($0, pluginID: manifest.id) }
        }
        callable = Set(manifests.filter { $0.library != nil }.map(\.id))
        try refuseDuplicates()
        // Of two runners with one name nobody could tell which runs a tool.
        try Self.refuseDuplicates("runner", manifests.flatMap { plugin in plugin.runners.map { ($0.name, plugin.id) } })
        instructions = Self.instructions(for: manifests, policy)
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

    /// What a model is told at the start, from what is on and off now. Plugins' own words are cut first.
    private static func instructions(for manifests: [PluginManifest], _ policy: CatalogPolicy) -> String {
        var notes: [String] = []
        let off = manifests.flatMap(\.toolsets).filter { !policy.isOn($0) }.map(\.name)
        if !off.isEmpty {
            notes.append(
                "Toolsets that are off: \(off.joined(separator: ", ")). Whoever runs this server can turn them on."
            )
        }
        if policy.readOnly { notes.append("The server is read-only: nothing that changes something is offered.") }
        let words = manifests.filter { !$0.tools.isEmpty }.map(\.description).joined(separator: "\n")
        let room = max(0, longestInstructions - notes.reduce(0) { $0 + $1.count + 1 })
        if !words.isEmpty { notes.insert(words.count > room ? words.prefix(max(0, room - 1)) + "…" : words, at: 0) }
        return String(notes.joined(separator: "\n").prefix(longestInstructions))
    }

    private static let longestInstructions = 1499
}

extension ToolContribution {
    /// The tool as it is in read-only mode; `nil` where it is not offered then.
    fileprivate var readingOnly: ToolContribution? {
        guard restrictsItself, !annotations.readOnly else { return annotations.readOnly ? self : nil }
        var copy = self
        copy.annotations = ToolAnnotations(
            readOnly: true,
            destructive: false,
            idempotent: true,
            openWorld: annotations.openWorld
        )
        return copy
    }
}
