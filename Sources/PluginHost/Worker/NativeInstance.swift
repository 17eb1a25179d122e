// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import JSONValue
internal import MegaraptorErrors
internal import NativeFunctions
internal import PluginTrust
internal import Synchronization

/// A plugin's C functions in its worker, beside its code where it has any.
final class NativeInstance: PluginInstance {
    private typealias Work = @Sendable () throws(MegaraptorError) -> JSONValue

    private struct State {
        /// Calls that have not begun.
        var waiting: Set<UInt64> = []
        var running: (call: UInt64, over: DispatchGroup)?
    }

    let id: String
    private let native: NativePlugin
    private let code: (any PluginInstance)?
    private let bridge: PluginBridge
    private let state = Mutex(State())
    /// C functions run one after another.
    private let queue = DispatchQueue(label: "megaraptor.native")

    init(_ id: String, _ native: NativePlugin, code: (any PluginInstance)?, bridge: PluginBridge) {
        self.id = id
        self.native = native
        self.code = code
        self.bridge = bridge
    }

    var library: LibraryIdentity? { code?.library }
    var isServing: Bool { code?.isServing ?? true }

    func invoke(_ call: UInt64, method: String, params: [UInt8]) {
        guard let work = work(method, params) else {
            if let code { return code.invoke(call, method: method, params: params) }
            let error = MegaraptorError(.unsupported, "The plugin \(id) has no code that answers \(method).")
            return bridge.fail(call, error)
        }
        state.withLock { _ = $0.waiting.insert(call) }
        queue.async { self.run(call, work) }
    }

    /// What answers the message here; `nil` where that is for the plugin's code.
    private func work(_ method: String, _ params: [UInt8]) -> Work? {
        let native = native
        if method == "health", code == nil { return { () throws(MegaraptorError) in native.health() } }
        guard method == "tools/call", case .success(let json) = Result(catching: { try JSONValue(json: params) }),
            let name = json["name"]?.stringValue, native.has(name)
        else { return nil }
        return { () throws(MegaraptorError) in try native.call(tool: name, arguments: json["arguments"] ?? [:]) }
    }

    private func run(_ call: UInt64, _ work: Work) {
        let over = DispatchGroup()
        over.enter()
        defer { over.leave() }
        let isWanted = state.withLock { state in
            guard state.waiting.remove(call) != nil else { return false }
            state.running = (call, over)
            return true
        }
        guard isWanted else { return bridge.fail(call, MegaraptorError(.cancelled, "The call was cancelled.")) }
        do throws(MegaraptorError) {
            let answer = try work().jsonBytes()
            answer.withUnsafeBytes { bridge.complete(call: call, status: 0, bytes: $0) }
        } catch {
            bridge.fail(call, error)
        }
        state.withLock { $0.running = nil }
    }

    /// A function that runs cannot be stopped. The worker takes no message until it is done, and a host that waits for
    /// that too long ends the worker: so one function that hangs does not keep all later calls waiting.
    func cancel(_ call: UInt64) {
        let over = state.withLock { state -> DispatchGroup? in
            if state.waiting.remove(call) != nil { return nil }
            return state.running?.call == call ? state.running?.over : nil
        }
        over?.wait()
        code?.cancel(call)
    }

    func deactivate(milliseconds: UInt32) {
        _ = state.withLock { $0.running?.over }?.wait(timeout: .now() + .milliseconds(Int(milliseconds)))
        code?.deactivate(milliseconds: milliseconds)
    }
}
