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
    /// How many calls of one plugin run at once; further ones wait their turn.
    public var concurrentCalls: Int
    /// What each plugin's worker may use: memory, and processor time over its life.
    public var workerMemoryMebibytes: Int
    public var workerCPUSeconds: Int
    /// Whether a client that cannot ask a person may confirm by repeating the token that the first answer shows.
    public var confirmsByToken: Bool
    public var trust: TrustSettings
    public var audit: AuditSettings

    public init() {
        pluginFolders = []
        policy = CatalogPolicy()
        confirm = nil
        deadline = .seconds(120)
        resultBytes = 1 << 20
        settings = [:]
        concurrentCalls = 64
        workerMemoryMebibytes = 2048
        workerCPUSeconds = 3600
        confirmsByToken = true
        trust = TrustSettings()
        audit = AuditSettings()
    }

    /// Which plugins may be opened.
    public struct TrustSettings: Sendable, Hashable {
        /// `any`, `pinned` or `signed`; what is bundled with the host needs neither pin nor signature.
        public var policy = "pinned"
        /// The lock file; `nil` for `plugins.lock` in the host's configuration folder.
        public var lock: String?
        /// Signers by name: their Ed25519 public keys in base64.
        public var signers: [String: String] = [:]
        /// Plugins that may run inside the host if they ask for it: ids or patterns with `*`.
        public var inProcess: [String] = []

        public init() {}
    }

    /// Where calls are recorded.
    public struct AuditSettings: Sendable, Hashable {
        public var isOn = true
        /// `nil` for `audit/audit.jsonl` in the host's state folder.
        public var file: String?
        /// A file that has grown beyond this is closed and a new one begun.
        public var rotateBytes = 64 << 20
        /// How many closed files are kept.
        public var keep = 10

        public init() {}
    }
}
