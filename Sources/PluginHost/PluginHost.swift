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
        var manifests: [String: PluginManifest] = [:]
        var slots: [String: Slot] = [:]
        var workers: [String: WorkerHistory] = [:]
    }

    /// The addresses of resources whose content plugins say has changed, for one reader.
    public let resourceUpdates: AsyncStream<String>
    let state: Mutex<State>
    let calls = CallTable()
    let libraries = OpenedLibraries()
    let services: HostServices
    let trust: TrustPolicy
    let workers: WorkerSettings
    let logger: Logger

    /// - Parameters:
    ///   - trust: is asked before each library is opened.
    ///   - settings: what operations set for a plugin, by its id.
    ///   - workers: how plugins get processes of their own, and which ones do.
    public init(
        manifests: [PluginManifest],
        folders: HostFolders,
        trust: TrustPolicy = .any,
        settings: @escaping @Sendable (String) -> JSONValue = { _ in [:] },
        workers: WorkerSettings = WorkerSettings(),
        logger: Logger
    ) {
        let byID = Dictionary(manifests.map { ($0.id, $0) }) { first, _ in first }
        state = Mutex(State(manifests: byID))
        let (updates, announcement) = AsyncStream<String>.makeStream()
        resourceUpdates = updates
        services = HostServices(
            folders: folders,
            settings: settings,
            pluginFolder: { byID[$0]?.folder },
            resourceUpdated: { announcement.yield($0) }
        )
        self.trust = trust
        self.workers = workers
        self.logger = logger
    }

    // MARK: - Calls

    /// Sends one message to a plugin, opening it first if need be.
    ///
    /// The answer is what the plugin gave, unchecked beyond its status. Cancelling the task cancels the call: the
    /// plugin is told, and the caller gets `cancelled` at once. The plugin's own late answer is dropped.
    public func call(_ call: HostCall) async throws(MegaraptorError) -> [UInt8] {
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
        calls.insert(
            id,
            CallTable.Pending(
                plugin: plugin.id,
                deadline: call.timeout.map { .now + $0 },
                progress: call.progress,
                elicit: call.elicit,
                finish: finish,
                cancel: { plugin.cancel(id) }
            )
        )
        // The task may have been cancelled before the call stood in the table, where `abandon` looks for it.
        guard !Task.isCancelled else { return abandon(id) }
        plugin.invoke(id, method: call.method, params: Self.params(of: call).jsonBytes())
        // Cancelled in between, the plugin may have been told before it knew the call.
        if Task.isCancelled { plugin.cancel(id) }
    }

    private func abandon(_ id: UInt64) {
        guard let pending = calls.abandon(id) else { return }
        pending.end(.failure(MegaraptorError(.cancelled, "The call was cancelled.")))
        pending.cancel()
    }

    /// A plugin learns how long the host will wait.
    private static func params(of call: HostCall) -> JSONValue {
        guard let timeout = call.timeout, var params = call.params.objectValue else { return call.params }
        var meta = params["_meta"]?.objectValue ?? [:]
        let (seconds, attoseconds) = timeout.components
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
                for id in state.manifests.keys {
                    if case .opening? = state.slots[id] { continue }
                    state.slots[id] = .refused(end)
                }
            }
            return state.slots.values.compactMap { slot in if case .open(let plugin) = slot { plugin } else { nil } }
        }
        // All at the same time, so that the end takes no longer with many plugins.
        DispatchQueue.concurrentPerform(iterations: open.count) { index in
            let plugin = open[index]
            plugin.deactivate(milliseconds: milliseconds)
            for call in calls.removeAll(of: plugin.id) { call.end(.failure(end)) }
        }
    }
}
