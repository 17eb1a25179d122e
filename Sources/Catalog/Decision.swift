// SPDX-License-Identifier: Apache-2.0

public import PluginManifest
public import YAMLSource

/// Whether a tool is on, and the rules that were looked at until one decided.
public struct Decision: Sendable, Hashable {
    /// The rules in the order of their strength.
    public enum Rule: String, Sendable, CaseIterable {
        case disabledPlugins = "disabled_plugins"
        case readOnly = "read_only"
        case deny = "tools.deny"
        case allow = "tools.allow"
        case toolsets
        case shipped = "default"
    }

    public enum Outcome: String, Sendable {
        case on
        case off
        /// The rule says nothing about this tool; the next one is asked.
        case undecided
    }

    /// One rule and what it said.
    public struct Step: Sendable, Hashable {
        public let rule: Rule
        public let outcome: Outcome
        /// The name or pattern that matched, where there is one.
        public let match: PolicyRule?
        public let origin: RuleOrigin
    }

    public let tool: ToolContribution
    public let plugin: String
    /// In the order of the rules; the last one has decided.
    public let steps: [Step]

    public var isOn: Bool { steps.last?.outcome == .on }

    /// The rule that has decided, in words.
    public var rule: String { steps.last.map(text) ?? "" }

    /// Where the rule that has decided stands.
    public var origin: RuleOrigin { steps.last?.origin ?? .shipped }

    /// The line that has decided; `nil` for what is as shipped and for flags and variables.
    public var place: YAMLPosition? { origin.place }
}

extension Decision {
    /// What a rule has said, in words.
    public func text(of step: Step) -> String {
        let match = step.match.map { "\"\($0.text)\"" } ?? ""
        switch (step.rule, step.outcome) {
        case (.disabledPlugins, .off): return "the plugin \(plugin) is disabled by \(match)"
        case (.disabledPlugins, _): return "the plugin \(plugin) is not disabled"
        case (.readOnly, .off): return "read-only, and the tool changes something"
        case (.readOnly, _): return readOnlyText(step)
        case (.deny, .off): return "denied by \(match)"
        case (.deny, _): return "not denied"
        case (.allow, .on): return "allowed by \(match)"
        case (.allow, _): return "not allowed by itself"
        case (.toolsets, .on): return "toolset \(tool.toolset) is on by \(match)"
        case (.toolsets, .off): return "toolset \(tool.toolset) is not among those that are on"
        case (.toolsets, .undecided): return "no toolsets are named"
        case (.shipped, .on): return "toolset \(tool.toolset) is on"
        case (.shipped, _): return "toolset \(tool.toolset) is off unless it is switched on"
        }
    }

    private func readOnlyText(_ step: Step) -> String {
        guard step.origin != .shipped else { return "not read-only" }
        return tool.annotations.readOnly
            ? "read-only, and the tool only reads" : "read-only, and the tool then restricts itself to reading"
    }
}
