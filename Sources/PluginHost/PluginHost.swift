// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import Dispatch
public import JSONValue
public import Logging
public import MegaraptorErrors
public import PluginManifest
public import PluginTrust
internal import Synchronization

/// Opens plugins when they are first needed and carries calls to them and back.
///
/// May be used from any thread. A plugin is opened once; a failure to open is remembered and told to every caller, as
/// a library that was refused cannot be unmapped and tried again.
public final class PluginHost: Sendable {
    typealias Opened = Result<any PluginInstance, MegaraptorError>

    enum Slot {
        case unopened
        case opening([@Sendable (Opened) -> Void])
        /// A worker in here may have ended; the next call starts another.
        case open(any PluginInstance)
        case refused(MegaraptorError)
    }

    struct State {
        var trust: TrustPolicy
        var workerSettings: WorkerSettings
        var slots: [String: Slot] = [:]
        var workers: [String: WorkerHistory] = [:]
        /// What the plugins that are open, or were refused, were opened from.
        var origins: [String: Origin] = [:]
        /// Plugins that were being opened while their files changed.
        var overtaken: Set<String> = []
    }

    /// The addresses of resources whose content plugins say has changed, for one reader.
    public let resourceUpdates: AsyncStream<String>
    /// Knows every secret that a plugin was given.
    public let redactor = Redactor()
    let state: Mutex<State>
    let calls = CallTable()
    let gate: CallGate
    let libraries = OpenedLibraries()
    let services: HostServices
    let plugins: PluginTable
    let logger: Logger

    /// - Parameters:
    ///   - trust: is asked before each library is opened.
    ///   - settings: what operations set for a plugin, by its id.
    ///   - secret: where plugins' secrets come from.
    ///   - secretKeeper: where plugins keep secrets of their own.
    ///   - concurrentCalls: how many calls of one plugin run at once; further ones wait their turn.
    ///   - workers: how plugins get processes of their own, and which ones do.
    public init(
        manifests: [PluginManifest],
        folders: HostFolders,
        trust: TrustPolicy = .any,
        settings: @escaping @Sendable (String) -> JSONValue = { _ in [:] },
        secret: @escaping ReadSecret = noSecrets,
        secretKeeper: SecretKeeper? = nil,
        concurrentCalls: Int = 64,
        workers: WorkerSettings = WorkerSettings(),
        logger: Logger
    ) {
        let table = PluginTable(manifests, settings)
        plugins = table
        state = Mutex(State(trust: trust, workerSettings: workers))
        let (updates, announcement) = AsyncStream<String>.makeStream()
        resourceUpdates = updates
        services = HostServices(
            folders: folders,
            settings: { table.settings(of: $0) },
            pluginFolder: { table[$0]?.folder },
            resourceUpdated: { announcement.yield($0) },
            secrets: SecretService(
                manifest: { table[$0] },
                read: secret,
                keeper: secretKeeper,
                redactor: redactor
            ),
            broker: Broker(plugins: table, calls: calls)
        )
        gate = CallGate(limit: concurrentCalls)
        self.logger = logger
        services.broker?.serve(self)
    }

    // MARK: - Calls

    /// Sends one message to a plugin, opening it first if need be.
    ///
    /// The answer is what the plugin gave, unchecked beyond its status. Cancelling the task cancels the call: the
    /// plugin is told, and the caller gets `cancelled` at once. The plugin's own late answer is dropped.
    public func call(_ call: HostCall) async throws(MegaraptorError) -> [UInt8] {
        do throws(MegaraptorError) {
            return try await attempt(call)
        } catch  where error.details == MegaraptorError.notBegun {
            // The worker left between being found and being called, so that trying again does nothing twice.
            return try await attempt(call)
        }
    }

    private func attempt(_ call: HostCall) async throws(MegaraptorError) -> [UInt8] {
        let plugin = try await open(call.plugin)
        let id = calls.makeID()
        let outcome: Result<[UInt8], MegaraptorError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(call, id, on: plugin) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            abandon(id)
        }
        return try outcome.get()
    }

    private func start(
        _ call: HostCall,
        _ id: UInt64,
        on plugin: any PluginInstance,
        finish: @escaping @Sendable (Result<[UInt8], MegaraptorError>) -> Void
    ) {
        let deadline = call.timeout.map { ContinuousClock.now + $0 }
        calls.insert(
            id,
            CallTable.Pending(
                plugin: plugin.id,
                deadline: deadline,
                progress: call.progress,
                elicit: call.elicit,
                finish: finish,
                cancel: { plugin.cancel(id) }
            )
        )
        // The task may have been cancelled before the call stood in the table, where `abandon` looks for it.
        if Task.isCancelled { abandon(id) }
        gate.enter(plugin.id) { [calls, gate] in
            guard calls.begin(id, leave: { gate.leave(plugin.id) }) else { return false }
            plugin.invoke(id, method: call.method, params: Self.params(of: call, deadline).jsonBytes())
            // Given up in between, the plugin may have been told before it knew the call.
            if calls.isAbandoned(id) { plugin.cancel(id) }
            return true
        }
    }

    private func abandon(_ id: UInt64) {
        guard let pending = calls.abandon(id) else { return }
        pending.giveUp(MegaraptorError(.cancelled, "The call was cancelled."))
    }

    /// A plugin learns how long the host will still wait.
    private static func params(of call: HostCall, _ deadline: ContinuousClock.Instant?) -> JSONValue {
        guard let deadline, var params = call.params.objectValue else { return call.params }
        var meta = params["_meta"]?.objectValue ?? [:]
        let (seconds, attoseconds) = max(.zero, deadline - .now).components
        meta["deadline_ms"] = .integer(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        params["_meta"] = .object(meta)
        return .object(params)
    }

    // MARK: - End

    /// Ends service: every open plugin may finish within the deadline, what is left is failed.
    public func shutdown(within milliseconds: UInt32) {
        let end = MegaraptorError(.unavailable, "The host is shutting down.", retryable: true)
        let open = state.withLock { state in
            // What comes from here on must not reach a plugin that has ended.
            defer {
                for id in plugins.ids {
                    if case .opening? = state.slots[id] { continue }
                    state.slots[id] = .refused(end)
                }
            }
            return state.slots.values.compactMap { slot in if case .open(let plugin) = slot { plugin } else { nil } }
        }
        gate.close()
        // All at the same time, so that the end takes no longer with many plugins.
        DispatchQueue.concurrentPerform(iterations: open.count) { index in
            let plugin = open[index]
            plugin.deactivate(milliseconds: milliseconds)
            for call in calls.removeAll(of: plugin.id) { call.end(.failure(end)) }
        }
    }
}

extension MegaraptorError {
    /// The details of a failure that says that nothing was begun.
    static let notBegun: JSONObject = ["begun": false]
}
