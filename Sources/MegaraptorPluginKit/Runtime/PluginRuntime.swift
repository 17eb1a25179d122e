// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import Dispatch
import JSONValue
import MegaraptorErrors
import Synchronization

/// One plugin in service: turns the contract's messages into calls of its handlers.
final class PluginRuntime: Sendable {
    private let plugin: any Plugin
    private let host: HostServices
    private let contributions: Mutex<Contributions?>
    private let running = Mutex(Running())

    private struct Running {
        var tasks: [UInt64: Task<Void, Never>] = [:]
        /// Service has ended: nothing of the host may be called any more.
        var isOver = false
    }

    init(plugin: any Plugin, host: HostServices) {
        self.plugin = plugin
        self.host = host
        contributions = Mutex(nil)
    }

    // MARK: - Life

    /// Blocks the host's thread until the plugin is ready: the contract's `activate` is synchronous.
    func activate() -> mr_status {
        let status: mr_status? = Blocking.wait { [plugin, host] in
            do throws(MegaraptorError) {
                try await plugin.activate()
                return mr_status(MR_OK)
            } catch {
                host.log(.error, "\(error)")
                return error.code.rawValue
            }
        }
        guard status == mr_status(MR_OK) else { return status ?? mr_status(MR_INTERNAL) }
        let offered = Contributions(of: plugin)
        contributions.withLock { $0 = offered }
        return mr_status(MR_OK)
    }

    /// Cancels what still runs, waits for it within the deadline, then lets the plugin close its things.
    func deactivate(within milliseconds: UInt32) {
        let tasks = running.withLock { Array($0.tasks.values) }
        for task in tasks { task.cancel() }
        Blocking.wait(within: .milliseconds(Int(milliseconds))) { [plugin] in
            for task in tasks { await task.value }
            await plugin.deactivate()
        }
        running.withLock { $0.isOver = true }
    }

    // MARK: - Calls

    func invoke(_ call: UInt64, method: String, params: [UInt8]) {
        // Registered under the lock before the task can finish and remove itself.
        running.withLock { running in
            running.tasks[call] = Task {
                let (status, bytes) = await self.answer(call, method: method, params: params)
                if !self.running.withLock({ $0.isOver }) { self.host.bridge.complete(call, status, bytes) }
                self.running.withLock { _ = $0.tasks.removeValue(forKey: call) }
            }
        }
    }

    func cancel(_ call: UInt64) {
        running.withLock { $0.tasks[call] }?.cancel()
    }

    private func answer(_ call: UInt64, method: String, params: [UInt8]) async -> (mr_status, [UInt8]) {
        do {
            return (mr_status(MR_OK), try await dispatch(call, method: method, params: params))
        } catch let error as MegaraptorError {
            return (error.code.rawValue, error.json.jsonBytes())
        } catch is CancellationError {
            let error = MegaraptorError(.cancelled, "The call was cancelled.")
            return (error.code.rawValue, error.json.jsonBytes())
        } catch {
            let error = MegaraptorError(.internal, "\(error)")
            return (error.code.rawValue, error.json.jsonBytes())
        }
    }

    private func dispatch(_ call: UInt64, method: String, params: [UInt8]) async throws -> [UInt8] {
        guard let contributions = contributions.withLock({ $0 }) else {
            throw MegaraptorError(.failedPrecondition, "The plugin was called before it was activated.")
        }
        if method == "describe" { return contributions.description.jsonBytes() }
        let params = try Self.parse(params)
        let context = CallContext(host: host, params: params, call: call)
        switch method {
        case "tools/call":
            return try await context.inquiry.run { try await contributions.callTool(params, context) }
        case "resources/read":
            return try await context.inquiry.run { try await contributions.readResource(params, context) }
        case "prompts/get":
            return try await context.inquiry.run { try await contributions.getPrompt(params, context) }
        case "completion/complete":
            guard let request = CompletionRequest(json: params) else {
                throw MegaraptorError(.invalidArgument, "The completion request lacks its reference or argument.")
            }
            return try await plugin.complete(request, context: context).json.jsonBytes()
        case "runner/call":
            return try await context.inquiry.run { try await contributions.callRun(params, context) }
        case "runner/check":
            try await contributions.checkRun(params, context)
            return Array("{}".utf8)
        case "resources/subscribe":
            try await plugin.subscribe(Contributions.text("uri", in: params))
            return Array("{}".utf8)
        case "resources/unsubscribe":
            try await plugin.unsubscribe(Contributions.text("uri", in: params))
            return Array("{}".utf8)
        case "health":
            let checks = try await plugin.health(context: context)
            return JSONValue.object(["status": "serving", "checks": .array(checks.map(\.json))]).jsonBytes()
        case let method where method.hasPrefix("provider/"):
            return try await context.inquiry.run {
                try await contributions.callProvider(method.dropFirst("provider/".count), params, context)
            }
        default: throw MegaraptorError(.unsupported, "This plugin has no method \"\(method)\".")
        }
    }

    private static func parse(_ bytes: [UInt8]) throws -> JSONValue {
        do {
            let value = try JSONValue(json: bytes)
            guard value.objectValue != nil else {
                throw MegaraptorError(.invalidArgument, "The parameters are no object but \(value.typeName).")
            }
            return value
        } catch let error as JSONError {
            throw MegaraptorError(.invalidArgument, "The parameters are not JSON: \(error).")
        }
    }
}
