// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// What one plugin asks of a provider in another.
public struct BrokeredCall: Sendable {
    /// Who asks.
    public var asker: String
    /// Whose provider is asked.
    public var plugin: String
    public var interface: String
    public var provider: String
    public var operation: String
    /// An object.
    public var arguments: JSONValue
    /// Whether the manifest does not count the operation among those that only read.
    public var changes: Bool
}

/// What a host's owner decides and records about calls between plugins. May be called on any thread.
public struct BrokerPolicy: Sendable {
    /// Takes the outcome of a call that has begun.
    public typealias End = @Sendable (Result<JSONValue, MegaraptorError>) async -> Void

    /// Whether only what changes nothing may be asked for.
    public var isReadOnly: @Sendable () -> Bool
    /// What every call tells its plugin in `_meta`, beside its deadline.
    public var meta: @Sendable () -> JSONObject
    /// How long a call may take that no other call waits for.
    public var timeout: @Sendable () -> Duration
    /// Runs before each call; throwing refuses it.
    public var begin: @Sendable (BrokeredCall) async throws(MegaraptorError) -> End

    public init(
        isReadOnly: @escaping @Sendable () -> Bool = { false },
        meta: @escaping @Sendable () -> JSONObject = { [:] },
        timeout: @escaping @Sendable () -> Duration = { .seconds(120) },
        begin: @escaping @Sendable (BrokeredCall) async throws(MegaraptorError) -> End = {
            _ throws(MegaraptorError) in { _ in }
        }
    ) {
        self.isReadOnly = isReadOnly
        self.meta = meta
        self.timeout = timeout
        self.begin = begin
    }
}
