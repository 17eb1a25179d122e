// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import Dispatch
public import JSONValue
public import MegaraptorErrors
public import MegaraptorPluginKit

/// A plugin in service inside a test, reached through the same C functions and the same JSON as in a real host.
///
///     let plugin = try await PluginUnderTest(Greeter.self)
///     let answer = try await plugin.call("greet", ["name": "Ada"])
///     #expect(answer.structured == ["text": "Hello, Ada!"])
public struct PluginUnderTest: Sendable {
    /// The host that the plugin sees.
    public let host: FakeHost
    private let plugin: OpenedPlugin

    /// Makes and activates the plugin.
    /// - Throws: what the plugin refused to start with; its words stand in ``FakeHost/log``.
    public init<P: Plugin>(_: P.Type, host: FakeHost = FakeHost()) async throws(MegaraptorError) {
        self.host = host
        let plugin = OpenedPlugin(host: host) { PluginEntry.open(P.self, $0, $1) }
        self.plugin = plugin
        let status = plugin.status == mr_status(MR_OK) ? await Self.onThread { plugin.activate() } : plugin.status
        guard status == mr_status(MR_OK) else {
            throw MegaraptorError(
                MegaraptorError.Code(rawValue: status) ?? .internal,
                "The plugin refused to start: \(host.log.last?.message ?? "it logged nothing")."
            )
        }
    }

    /// Calls a tool and holds arguments and answer against its schemas.
    /// - Throws: the tool's own error, or `failed_precondition` where arguments or answer do not fit the schemas.
    public func call(_ tool: String, _ arguments: JSONValue = [:]) async throws -> ToolAnswer {
        let schemas = try await ToolSchemas(of: tool, in: describe())
        try schemas?.check(arguments: arguments)
        let answer = ToolAnswer(json: try await request("tools/call", ["name": .string(tool), "arguments": arguments]))
        try schemas?.check(answer)
        return answer
    }

    /// Reads a resource: its contents, as MCP lists them.
    public func read(_ uri: String) async throws -> [JSONValue] {
        try await request("resources/read", ["uri": .string(uri)])["contents"]?.arrayValue ?? []
    }

    /// Renders a prompt: its messages, as MCP lists them.
    public func prompt(_ name: String, _ arguments: JSONValue = [:]) async throws -> [JSONValue] {
        let params: JSONValue = ["name": .string(name), "arguments": arguments]
        return try await request("prompts/get", params)["messages"]?.arrayValue ?? []
    }

    /// Asks one of the plugin's own providers, as another plugin would through the host.
    public func ask(
        _ interface: String,
        _ provider: String,
        _ operation: String,
        _ arguments: JSONValue = [:]
    ) async throws -> JSONValue {
        try await request(
            "provider/\(operation)",
            ["interface": .string(interface), "provider": .string(provider), "arguments": arguments]
        )
    }

    /// What the plugin offers, in the manifest's shape.
    public func describe() async throws -> JSONValue {
        try await request("describe")
    }

    /// What a model could not work with in the plugin's tools; empty where all is well.
    public func schemaProblems() async throws -> [String] {
        try await SchemaProblems.find(in: describe())
    }

    /// Ends service: calls under way are cancelled, and have this long to end.
    public func deactivate(within milliseconds: UInt32 = 1000) async {
        await Self.onThread { [plugin] in plugin.deactivate(milliseconds: milliseconds) }
    }

    /// The host calls `activate` and `deactivate` on a thread that may block; the threads of async code may not.
    private static func onThread<R: Sendable>(_ work: @escaping @Sendable () -> R) async -> R {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    /// Any method of the contract. Cancelling the task cancels the call.
    public func request(_ method: String, _ params: JSONValue = [:]) async throws -> JSONValue {
        guard !host.hasEnded else { throw FakeHost.end }
        let started = StartedCall()
        let completion = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let call = host.makeCall { continuation.resume(returning: $1) }
                plugin.invoke(call, method, params.jsonBytes())
                started.begin(call) { cancel(call) }
            }
        } onCancel: {
            started.cancel { cancel($0) }
        }
        return try completion.result().get()
    }

    private func cancel(_ call: UInt64) {
        host.cancel(call)
        plugin.cancel(call)
    }
}
