// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Keeps a record of calls of tools, resources and coded prompts: one before a plugin is called and one after.
public protocol CallRecorder: Sendable {
    /// Takes how a call ended. Called once, also for a call that was cancelled.
    typealias End = @Sendable (CallOutcome) async -> Void

    /// What this throws goes to the client, and the plugin is not called.
    func begin(_ call: CallDescription) async throws(MegaraptorError) -> End

    /// A call that was not let through to its plugin.
    func refused(_ call: CallDescription, _ outcome: CallOutcome) async
}

/// What is known of a call before its plugin is.
public struct CallDescription: Sendable {
    public var method: String
    /// The tool's or prompt's name, or the resource's address.
    public var target: String
    public var plugin: String
    /// Why operations let the assistant call this; empty for what no rule decides on.
    public var rule: String
    public var consent: CallConsent
    public var arguments: JSONObject
    /// Whether the call may change something.
    public var changes: Bool
    /// The version of the protocol.
    public var version: String
    /// The client's name and version, as far as it tells them.
    public var client: String

    public init(
        method: String,
        target: String,
        plugin: String,
        rule: String,
        consent: CallConsent,
        arguments: JSONObject,
        changes: Bool,
        version: String,
        client: String
    ) {
        self.method = method
        self.target = target
        self.plugin = plugin
        self.rule = rule
        self.consent = consent
        self.arguments = arguments
        self.changes = changes
        self.version = version
        self.client = client
    }
}

/// How a person's consent was come by.
public enum CallConsent: String, Sendable {
    case notNeeded = "not needed"
    /// The policy says that nobody is to be asked before such a tool.
    case notAsked = "never asked"
    /// A person was asked and agreed.
    case accepted
    /// The client repeated the call with the token it was shown.
    case token
    /// A person agreed when the call began; it now goes on with what its plugin has asked for.
    case earlier = "given earlier"
    case declined
    /// Nobody could be asked.
    case impossible
}

/// How a call ended.
public struct CallOutcome: Sendable {
    /// `ok`, `tool_error`, `input_required`, `declined`, or the code of an error.
    public var name: String
    /// The result's structured content, as JSON.
    public var structuredContent: ArraySlice<UInt8>?

    public init(_ name: String, structuredContent: ArraySlice<UInt8>? = nil) {
        self.name = name
        self.structuredContent = structuredContent
    }
}

extension PluginResult {
    fileprivate var outcome: CallOutcome {
        get throws(MegaraptorError) {
            if try asksForInput() { return CallOutcome("input_required") }
            let failed = self["isError"]?.elementsEqual("true".utf8) ?? false
            return CallOutcome(failed ? "tool_error" : "ok", structuredContent: self["structuredContent"])
        }
    }
}

extension MCPServer {
    /// Does a call's work between its two records.
    func recorded(
        _ call: CallDescription,
        _ work: () async throws(MegaraptorError) -> PluginResult
    ) async throws(MegaraptorError) -> PluginResult {
        guard let recorder = configuration.recorder else { return try await work() }
        let end = try await recorder.begin(call)
        do {
            let result = try await work()
            await end(try result.outcome)
            return result
        } catch {
            await end(CallOutcome(error.code.name))
            throw error
        }
    }
}
