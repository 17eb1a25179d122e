// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

/// What operations allow.
public struct CatalogPolicy: Sendable, Hashable {
    /// The toolsets that somebody has named. All others are off.
    public struct Toolsets: Sendable, Hashable {
        public var rules: [PolicyRule]
        /// Where the list stands, which is what switches off a toolset that is not in it.
        public var origin: RuleOrigin

        public init(_ rules: [PolicyRule], _ origin: RuleOrigin) {
            self.rules = rules
            self.origin = origin
        }

        /// What puts a toolset on: its name, a pattern, `default` for those that are on as shipped, or `all`.
        public func rule(for toolset: ToolsetContribution) -> PolicyRule? {
            rules.first { rule in
                switch rule.text {
                case CatalogPolicy.allToolsets: true
                case CatalogPolicy.shippedToolsets: toolset.isDefault
                default: rule.matches(toolset.name)
                }
            }
        }
    }

    /// Stands for all toolsets that are on as shipped.
    public static let shippedToolsets = "default"
    public static let allToolsets = "all"

    /// Only tools that change nothing.
    public var readOnly: Bool
    public var readOnlyOrigin: RuleOrigin
    /// `nil` leaves on what is on as shipped.
    public var toolsets: Toolsets?
    public var allow: [PolicyRule]
    public var deny: [PolicyRule]
    public var disabledPlugins: [PolicyRule]

    public init(
        readOnly: Bool = false,
        readOnlyOrigin: RuleOrigin = .shipped,
        toolsets: Toolsets? = nil,
        allow: [PolicyRule] = [],
        deny: [PolicyRule] = [],
        disabledPlugins: [PolicyRule] = []
    ) {
        self.readOnly = readOnly
        self.readOnlyOrigin = readOnlyOrigin
        self.toolsets = toolsets
        self.allow = allow
        self.deny = deny
        self.disabledPlugins = disabledPlugins
    }

    /// Whether a toolset is on. Single tools of it may be off all the same, and the other way round.
    public func isOn(_ toolset: ToolsetContribution) -> Bool {
        guard let toolsets else { return toolset.isDefault }
        return toolsets.rule(for: toolset) != nil
    }

    /// What disables a plugin; `nil` for one that is enabled.
    public func ruleDisabling(_ plugin: String) -> PolicyRule? {
        disabledPlugins.first { $0.matches(plugin) }
    }
}
