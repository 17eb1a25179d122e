// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

extension CatalogPolicy {
    /// Decides on one tool. Asks one rule after the other until one knows; the last always does.
    public func decision(on tool: ToolContribution, of manifest: PluginManifest) -> Decision {
        var steps: [Decision.Step] = []
        for rule in Decision.Rule.allCases where steps.last?.outcome ?? .undecided == .undecided {
            steps.append(step(rule, tool, manifest))
        }
        return Decision(tool: tool, plugin: manifest.id, steps: steps)
    }

    private func step(_ rule: Decision.Rule, _ tool: ToolContribution, _ manifest: PluginManifest) -> Decision.Step {
        switch rule {
        case .disabledPlugins: return Self.step(rule, .off, ruleDisabling(manifest.id))
        case .readOnly:
            let isOff = readOnly && !tool.annotations.readOnly && !tool.restrictsItself
            return .init(rule: rule, outcome: isOff ? .off : .undecided, match: nil, origin: readOnlyOrigin)
        case .deny: return Self.step(rule, .off, Self.rule(for: tool, in: deny))
        case .allow: return Self.step(rule, .on, Self.rule(for: tool, in: allow))
        case .toolsets:
            guard let toolsets else { return Self.step(rule, .off, nil) }
            if let match = toolsets.rule(for: Self.toolset(of: tool, manifest)) { return Self.step(rule, .on, match) }
            return .init(rule: rule, outcome: .off, match: nil, origin: toolsets.origin)
        case .shipped:
            let isOn = Self.toolset(of: tool, manifest).isDefault
            return .init(rule: rule, outcome: isOn ? .on : .off, match: nil, origin: .shipped)
        }
    }

    /// A rule that decides where something matches, and else knows nothing.
    private static func step(_ rule: Decision.Rule, _ outcome: Decision.Outcome, _ match: PolicyRule?) -> Decision.Step
    {
        .init(
            rule: rule,
            outcome: match == nil ? .undecided : outcome,
            match: match,
            origin: match?.origin ?? .shipped
        )
    }

    /// A rule that names a tool by one of its former names means it too: a new name must not undo a denial.
    private static func rule(for tool: ToolContribution, in rules: [PolicyRule]) -> PolicyRule? {
        rules.first { $0.matches(tool.name) || tool.aliases.contains(where: $0.matches) }
    }

    private static func toolset(of tool: ToolContribution, _ manifest: PluginManifest) -> ToolsetContribution {
        manifest.toolsets.first { $0.name == tool.toolset }
            ?? ToolsetContribution(name: tool.toolset, description: "", isDefault: false)
    }
}
