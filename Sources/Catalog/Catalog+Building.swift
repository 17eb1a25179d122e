// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors
public import PluginManifest

extension Catalog {
    /// Decides what is visible and callable: a pure function of what is offered and what is allowed.
    ///
    /// - Parameter refused: plugins of which nothing is offered, but that rules may name.
    /// - Throws: `invalid_argument` for a rule that names nothing, with its place, and `conflict` for a name that two
    ///   would answer to.
    public init(
        manifests: [PluginManifest],
        policy: CatalogPolicy,
        refused: [PluginManifest] = []
    ) throws(MegaraptorError) {
        try policy.check(against: manifests + refused)
        self.init()
        for manifest in manifests {
            let made = manifest.tools.map { policy.decision(on: $0, of: manifest) }
            decisions += made
            guard policy.ruleDisabling(manifest.id) == nil else {
                disabledPlugins.insert(manifest.id)
                continue
            }
            for decision in made where decision.isOn {
                rules[decision.tool.name] = decision.rule
                let tool = policy.readOnly ? decision.tool.readingOnly : decision.tool
                tools.append(Entry(tool, pluginID: manifest.id))
            }
            resources += manifest.resources.map { Entry($0, pluginID: manifest.id) }
            resourceTemplates += manifest.resourceTemplates.map { Entry($0, pluginID: manifest.id) }
            prompts += manifest.prompts.map { Entry($0, pluginID: manifest.id) }
            if manifest.library != nil { callable.insert(manifest.id) }
        }
        try refuseDuplicates()
        try refuseDuplicateRunners(manifests)
        try refuseAmbiguousAliases()
        instructions = Self.instructions(for: manifests, policy, self)
    }

    /// What was decided on a tool that has this name or had it before; `nil` where there is none.
    public func decision(on name: String) -> Decision? {
        let named = decisions.filter { $0.tool.name == name }
        return named.first(where: \.isOn) ?? named.first ?? decisions.first { $0.tool.aliases.contains(name) }
    }
}

extension ToolContribution {
    /// The tool as it is in read-only mode, where one that restricts itself only reads.
    fileprivate var readingOnly: ToolContribution {
        guard restrictsItself, !annotations.readOnly else { return self }
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
