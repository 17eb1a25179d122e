// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What a plugin's author says of it in `plugin.yaml`.
///
/// All lists that an assistant can ask for are in here, so that listing never runs a plugin's code.
public struct PluginManifest: Sendable, Hashable {
    public enum Activation: String, Sendable {
        /// The library is opened at its first call.
        case onCall = "on_call"
        /// The library is opened when the host starts.
        case startup
    }

    public enum Isolation: String, Sendable {
        /// Fast, and trusted like the host itself.
        case inProcess = "in_process"
        /// In a worker: a plugin that crashes costs its own calls.
        case process
    }

    /// Reverse DNS.
    public var id: String
    public var name: String
    public var version: String
    public var description: String
    public var license: String
    /// The contract's major version.
    public var abi: Int
    /// The lowest minor version of the contract that a host must have.
    public var minimumHost: Int
    /// The library's file name; `nil` for a plugin that is a manifest alone.
    public var library: String?
    public var activation: Activation
    /// What the author asks for; `nil` leaves it to the host.
    public var isolation: Isolation?
    /// The library's SHA-256 as the author gives it, in lower-case hexadecimal. Finds accidents, not attackers.
    public var sha256: String?
    public var permissions: Permissions
    public var toolsets: [ToolsetContribution]
    public var tools: [ToolContribution]
    public var resources: [ResourceContribution]
    public var resourceTemplates: [ResourceTemplateContribution]
    public var prompts: [PromptContribution]
    public var runners: [RunnerContribution]
    public var providers: [ProviderContribution]
    /// A JSON Schema for the plugin's settings.
    public var configSchema: JSONValue?

    /// Whether it was found in the folder that belongs to this host.
    public var isBundled: Bool
    /// The folder in which the manifest lies.
    public var folder: String
    /// Where the library was found; `nil` where it was not, or where there is none.
    public var libraryPath: String?
    /// Where it was looked for.
    public var librarySearch: [String]
    /// `contributes` as it stands in the manifest, without toolsets: what the code must describe.
    public var contributesJSON: JSONValue
}
