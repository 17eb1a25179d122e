// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// How the server reaches plugins. The host behind it loads libraries, keeps deadlines and isolates faults.
public protocol PluginCaller: Sendable {
    /// Sends one message to a plugin and waits for its answer.
    ///
    /// `method` and the shapes of `params` and result are those of the plugin contract:
    /// `tools/call {name, arguments}` gives an MCP tool result, `resources/read {uri}` gives `{contents}`,
    /// `prompts/get {name, arguments}` gives `{description?, messages}`,
    /// `completion/complete {ref, argument, context?}` gives `{values, total?, hasMore?}`, and
    /// `resources/subscribe {uri}` and `resources/unsubscribe {uri}` give `{}`.
    ///
    /// A plugin may answer a stateless client's `tools/call`, `resources/read` or `prompts/get` with
    /// `{resultType: "input_required", inputRequests?, requestState?}`. The same call then comes again, with
    /// `inputResponses` and `requestState` in its params; the server has sealed the state on its way.
    ///
    /// Cancelling the surrounding task cancels the call in the plugin.
    /// - Returns: the result's bytes: valid UTF-8 JSON, an object, never containing a newline.
    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8]
}

/// What a call may use while it runs.
public struct PluginCallContext: Sendable {
    public struct Progress: Sendable, Hashable {
        public var done: Double
        public var total: Double?
        public var message: String?

        public init(done: Double, total: Double? = nil, message: String? = nil) {
            self.done = done
            self.total = total
            self.message = message
        }
    }

    /// Asks the person behind the client: `(message, requestedSchema)` to an MCP elicitation result object
    /// `{action, content?}`. Throws `unsupported` where the client cannot be asked.
    public typealias Elicit = @Sendable (String, JSONValue) async throws(MegaraptorError) -> JSONValue

    /// `nil` where nobody asked for progress.
    public var progress: (@Sendable (Progress) -> Void)?
    public var elicit: Elicit?

    public init(progress: (@Sendable (Progress) -> Void)? = nil, elicit: Elicit? = nil) {
        self.progress = progress
        self.elicit = elicit
    }
}
