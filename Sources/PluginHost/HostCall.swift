// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// One message to a plugin, and what it may use while it runs.
public struct HostCall: Sendable {
    /// Asks the person behind the client: message and form schema to `{action, content?}`.
    public typealias Elicit = @Sendable (String, JSONValue) async throws(MegaraptorError) -> JSONValue

    /// Gets `(done, total, message)`; total is `nil` where it is not known.
    public typealias Progress = @Sendable (Double, Double?, String) -> Void

    public var plugin: String
    public var method: String
    /// An object.
    public var params: JSONValue
    /// How long the host waits once the plugin is open, for the call's turn and its answer; `nil` waits for ever.
    public var timeout: Duration?
    public var progress: Progress?
    public var elicit: Elicit?

    public init(
        plugin: String,
        method: String,
        params: JSONValue,
        timeout: Duration? = nil,
        progress: Progress? = nil,
        elicit: Elicit? = nil
    ) {
        self.plugin = plugin
        self.method = method
        self.params = params
        self.timeout = timeout
        self.progress = progress
        self.elicit = elicit
    }
}
