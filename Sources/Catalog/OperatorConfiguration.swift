// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What operations set in `megaraptor.yaml`: what is on, how far it may go, and each plugin's settings.
///
/// Flags and environment variables are laid over it by the program; the file never says what a plugin offers.
public struct OperatorConfiguration: Sendable, Hashable {
    /// Further folders with plugins, searched after those of the command line.
    public var pluginFolders: [String]
    public var policy: CatalogPolicy
    /// `never`, `destructive` or `every-change`; `nil` where the file does not say.
    public var confirm: String?
    /// How long a call may take.
    public var deadline: Duration
    /// How many bytes of text one result may have at most. Plugins keep to it.
    public var resultBytes: Int
    /// Settings by plugin id.
    public var settings: [String: JSONValue]

    public init(
        pluginFolders: [String] = [],
        policy: CatalogPolicy = CatalogPolicy(),
        confirm: String? = nil,
        deadline: Duration = .seconds(120),
        resultBytes: Int = 1 << 20,
        settings: [String: JSONValue] = [:]
    ) {
        self.pluginFolders = pluginFolders
        self.policy = policy
        self.confirm = confirm
        self.deadline = deadline
        self.resultBytes = resultBytes
        self.settings = settings
    }
}
