// SPDX-License-Identifier: Apache-2.0

/// What a plugin says that it needs. Operations read it before they trust a plugin; the process lane and the host's
/// services hold it to it.
public struct Permissions: Sendable, Hashable {
    /// Names of environment variables, or beginnings that end in `*`, that a plugin in the process lane gets to see.
    public var environment: [String]
    /// Names of secrets, or patterns with `*`, that the plugin may use.
    public var secrets: [String]
    /// Names of secrets, or patterns with `*`, that the plugin may keep, list and remove.
    public var keepsSecrets: [String]
    /// The interfaces whose providers, in other plugins, it may ask.
    public var providers: [String]
    /// Whether it talks to other machines, starts programs, or reads and writes files beyond its own folders. Told to
    /// people; the host does not enforce these.
    public var network: Bool
    public var exec: Bool
    public var filesystem: Bool

    public init(
        environment: [String] = [],
        secrets: [String] = [],
        keepsSecrets: [String] = [],
        providers: [String] = [],
        network: Bool = false,
        exec: Bool = false,
        filesystem: Bool = false
    ) {
        self.environment = environment
        self.secrets = secrets
        self.keepsSecrets = keepsSecrets
        self.providers = providers
        self.network = network
        self.exec = exec
        self.filesystem = filesystem
    }
}
