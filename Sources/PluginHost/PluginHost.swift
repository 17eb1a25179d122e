// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import Dispatch
public import JSONValue
public import Logging
public import MegaraptorErrors
public import PluginManifest
internal import Synchronization

/// Opens plugins when they are first needed and carries calls to them and back.
///
/// May be used from any thread. A plugin is opened once; a failure to open is remembered and told to every caller, as
/// a library that was refused cannot be unmapped and tried again.
public final class PluginHost: Sendable {
    private enum Slot {
        case unopened
        case opening([@Sendable (Result<LoadedPlugin, MegaraptorError>) -> Void])
        case open(LoadedPlugin)
        case refused(MegaraptorError)
    }

    private struct State {
        var manifests: [String: PluginManifest] = [:]
        var slots: [String: Slot] = [:]
    }

    /// The addresses of resources whose content plugins say has changed, for one reader.
    public let resourceUpdates: AsyncStream<String>
    /// Knows every secret that a plugin was given.
    public let redactor = Redactor()
    private let state: Mutex<State>
    private let calls = CallTable()
    private let libraries = OpenedLibraries()
    private let services: HostServices
    private let logger: Logger

    /// - Parameters:
    ///   - settings: what operations set for a plugin, by its id.
    ///   - secret: where plugins' secrets come from.
    public init(
        manifests: [PluginManifest],
        folders: HostFolders,
        settings: @escaping @Sendable (String) -> JSONValue = { _ in [:] },
        secret: @escaping ReadSecret = noSecrets,
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
            resourceUpdated: { announcement.yield($0) },
            secrets: SecretService(manifest: { byID[$0] }, read: secret, redactor: redactor)
        )
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
        on plugin: LoadedPlugin,
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
        plugin.invoke(id, method: call.method, params: Self.params(of: call))
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

    // MARK: - Opening

    /// Opens a plugin without calling it, for `activation: startup` and for checks.
    public func prepare(_ id: String) async throws(MegaraptorError) {
        _ = try await open(id)
    }

    private func open(_ id: String) async throws(MegaraptorError) -> LoadedPlugin {
        if case .open(let plugin)? = state.withLock({ $0.slots[id] }) { return plugin }
        let outcome: Result<LoadedPlugin, MegaraptorError> = await withCheckedContinuation { continuation in
            join(id) { continuation.resume(returning: $0) }
        }
        return try outcome.get()
    }

    /// Waits for the plugin's slot to be settled, and starts opening it if nobody has.
    private func join(_ id: String, _ finish: @escaping @Sendable (Result<LoadedPlugin, MegaraptorError>) -> Void) {
        let known: Result<LoadedPlugin, MegaraptorError>?
        var toOpen: PluginManifest?
        (known, toOpen) = state.withLock { state in
            switch state.slots[id] ?? .unopened {
            case .open(let plugin): return (.success(plugin), nil)
            case .refused(let error): return (.failure(error), nil)
            case .opening(let waiting):
                state.slots[id] = .opening(waiting + [finish])
                return (nil, nil)
            case .unopened:
                guard let manifest = state.manifests[id] else {
                    return (.failure(MegaraptorError(.notFound, "There is no plugin \(id).")), nil)
                }
                state.slots[id] = .opening([finish])
                return (nil, manifest)
            }
        }
        if let known { return finish(known) }
        guard let toOpen else { return }
        DispatchQueue(label: "megaraptor.loading.\(id)").async { self.settle(toOpen) }
    }

    private func settle(_ manifest: PluginManifest) {
        let loader = PluginLoader(calls: calls, libraries: libraries, services: services, logger: logger)
        let opened = loader.load(manifest)
        let waiting = state.withLock { state in
            let waiting: [@Sendable (Result<LoadedPlugin, MegaraptorError>) -> Void] =
                if case .opening(let waiting)? = state.slots[manifest.id] { waiting } else { [] }
            switch opened {
            case .success(let plugin): state.slots[manifest.id] = .open(plugin)
            case .failure(let error): state.slots[manifest.id] = .refused(error)
            }
            return waiting
        }
        if case .failure(let error) = opened { logger.error("\(manifest.id): \(error)") }
        for finish in waiting { finish(opened) }
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
        for plugin in open {
            plugin.deactivate(milliseconds: milliseconds)
            for call in calls.removeAll(of: plugin.id) {
                call.end(.failure(end))
            }
        }
    }
}
