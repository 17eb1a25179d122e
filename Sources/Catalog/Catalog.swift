// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

/// What is visible and callable now, and which plugin answers for it.
///
/// One value serves both the lists and the calls: what is not in here does not exist for the assistant.
public struct Catalog: Sendable {
    /// A contribution and the id of the plugin that made it.
    public struct Entry<Contribution: Sendable>: Sendable {
        public var contribution: Contribution
        public var pluginID: String

        public init(_ contribution: Contribution, pluginID: String) {
            self.contribution = contribution
            self.pluginID = pluginID
        }
    }

    /// In the order in which they are listed.
    public var tools: [Entry<ToolContribution>]
    public var resources: [Entry<ResourceContribution>]
    public var resourceTemplates: [Entry<ResourceTemplateContribution>]
    public var prompts: [Entry<PromptContribution>]
    /// The plugins that have code and can be called, whatever of theirs is on.
    public var callable: Set<String>
    /// Every tool of every plugin in the order of their manifests, on or off, and why.
    public var decisions: [Decision]
    /// Why each tool that is on is on: the rule that decided, in a few words for people and for the record of calls.
    public var rules: [String: String]
    /// The plugins of which nothing is offered and whose code is not opened.
    public var disabledPlugins: Set<String>
    /// A few sentences for the model, made from what is on.
    public var instructions: String

    public init(
        tools: [Entry<ToolContribution>] = [],
        resources: [Entry<ResourceContribution>] = [],
        resourceTemplates: [Entry<ResourceTemplateContribution>] = [],
        prompts: [Entry<PromptContribution>] = [],
        callable: Set<String> = [],
        decisions: [Decision] = [],
        rules: [String: String] = [:],
        disabledPlugins: Set<String> = [],
        instructions: String = ""
    ) {
        self.tools = tools
        self.resources = resources
        self.resourceTemplates = resourceTemplates
        self.prompts = prompts
        self.callable = callable
        self.decisions = decisions
        self.rules = rules
        self.disabledPlugins = disabledPlugins
        self.instructions = instructions
    }
}
