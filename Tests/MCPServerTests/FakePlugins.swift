// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPServer
import MegaraptorErrors
import Synchronization

/// Plugins made of closures, one per tool, resource or prompt.
final class FakePlugins: PluginCaller {
    typealias Handler = @Sendable (JSONValue, PluginCallContext) async throws(MegaraptorError) -> [UInt8]

    struct Call: Sendable, Hashable {
        var plugin: String
        var method: String
        var params: JSONValue
    }

    private let handlers = Mutex<[String: Handler]>([:])
    private let recorded = Mutex<[Call]>([])

    var calls: [Call] { recorded.withLock { $0 } }

    /// - Parameter target: a tool, a prompt, an address, or a method.
    func on(_ target: String, _ handler: @escaping Handler) {
        handlers.withLock { $0[target] = handler }
    }

    func on(_ target: String, answer: JSONValue) {
        on(target) { _, _ throws(MegaraptorError) in answer.jsonBytes() }
    }

    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8] {
        recorded.withLock { $0.append(Call(plugin: plugin, method: method, params: params)) }
        let target = params["name"]?.stringValue ?? params["uri"]?.stringValue ?? method
        guard let handler = handlers.withLock({ $0[target] ?? $0[method] }) else {
            throw MegaraptorError(.unsupported, "The fake has no answer for \(target).")
        }
        return try await handler(params, context)
    }
}

/// A door that a fake tool waits at until the test opens it, or until it is cancelled.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let opening: AsyncStream<Void>.Continuation

    init() {
        (stream, opening) = AsyncStream.makeStream()
    }

    func open() {
        opening.finish()
    }

    /// - Returns: `false` when the waiting task was cancelled.
    func wait() async -> Bool {
        for await _ in stream {}
        return !Task.isCancelled
    }
}

/// The text that every simple tool of the tests answers with.
func textResult(_ text: String) -> JSONValue {
    ["content": [["type": "text", "text": .string(text)]]]
}
