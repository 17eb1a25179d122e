// SPDX-License-Identifier: Apache-2.0

public import MCPProtocol

/// How a server presents itself and where its limits are.
public struct ServerConfiguration: Sendable {
    public var implementation: Implementation
    /// Items on one page of a list.
    public var pageSize: Int
    /// Which tools ask a person before they run.
    public var confirmation: ConfirmationPolicy
    /// Whether a client that cannot ask a person may confirm by repeating the token that it was shown.
    public var confirmsByToken: Bool
    /// How long a confirmation that was shown stays valid.
    public var confirmationLifetime: Duration
    /// How long a person may take to answer before the tool gives up.
    public var elicitationTimeout: Duration
    /// The longest line that is taken from the client, in bytes.
    public var lineLimit: Int
    /// Calls that run at once; further ones wait their turn.
    public var concurrentCalls: Int
    /// Structured results up to this size in bytes are checked against their tool's `outputSchema`.
    ///
    /// Larger ones are only checked to be an object: reading a tree out of them would cost more than sending them.
    public var checkedResultSize: Int
    /// How long requests that were read may still run after the end of the input.
    public var drainTime: Duration
    /// Keeps a record of calls; `nil` keeps none.
    public var recorder: (any CallRecorder)?
    /// Takes lines for the operator. Must not block.
    public var log: @Sendable (String) -> Void

    public init(
        implementation: Implementation,
        pageSize: Int = 200,
        confirmation: ConfirmationPolicy = .destructive,
        confirmsByToken: Bool = true,
        confirmationLifetime: Duration = .seconds(600),
        elicitationTimeout: Duration = .seconds(300),
        lineLimit: Int = 64 << 20,
        concurrentCalls: Int = 256,
        checkedResultSize: Int = 1 << 20,
        drainTime: Duration = .milliseconds(1500),
        recorder: (any CallRecorder)? = nil,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.implementation = implementation
        self.pageSize = max(1, pageSize)
        self.confirmation = confirmation
        self.confirmsByToken = confirmsByToken
        self.confirmationLifetime = confirmationLifetime
        self.elicitationTimeout = elicitationTimeout
        self.lineLimit = lineLimit
        self.concurrentCalls = max(1, concurrentCalls)
        self.checkedResultSize = checkedResultSize
        self.drainTime = drainTime
        self.recorder = recorder
        self.log = log
    }
}
