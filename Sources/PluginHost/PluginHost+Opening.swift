// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
public import JSONValue
internal import Logging
public import MegaraptorErrors
internal import PluginManifest
public import PluginTrust
internal import Synchronization

extension PluginHost {
    /// Opens a plugin without calling it, for `activation: startup` and for checks.
    public func prepare(_ id: String) async throws(MegaraptorError) {
        _ = try await open(id)
    }

    /// The library that is open for a plugin, as it was when it was opened.
    ///
    /// Where its ``LibraryIdentity/state`` is no longer the same, for a plugin inside the host only a restart brings in what lies there
    /// now: what is mapped stays mapped.
    public func openLibrary(of plugin: String) -> LibraryIdentity? {
        guard case .open(let opened)? = state.withLock({ $0.slots[plugin] }) else { return nil }
        return opened.library
    }

    /// Where a plugin's library lies now.
    public func libraryPath(of plugin: String) -> String? { plugins[plugin]?.libraryPath }

    /// What a plugin's manifest contributes.
    public func contributions(of plugin: String) -> JSONValue { plugins[plugin]?.contributesJSON ?? [:] }

    func open(_ id: String) async throws(MegaraptorError) -> any PluginInstance {
        if case .open(let plugin)? = state.withLock({ $0.slots[id] }), plugin.isServing { return plugin }
        let outcome: Opened = await withCheckedContinuation { continuation in
            join(id) { continuation.resume(returning: $0) }
        }
        return try outcome.get()
    }

    /// Waits for the plugin's slot to be settled, and starts opening it if nobody has.
    private func join(_ id: String, _ finish: @escaping @Sendable (Opened) -> Void) {
        let known: Opened?
        var toOpen: PluginManifest?
        (known, toOpen) = state.withLock { state in
            switch state.slots[id] ?? .unopened {
            case .open(let plugin) where plugin.isServing: return (.success(plugin), nil)
            case .refused(let error): return (.failure(error), nil)
            case .opening(let waiting):
                state.slots[id] = .opening(waiting + [finish])
                return (nil, nil)
            case .unopened, .open:
                guard let manifest = plugins[id] else {
                    return (.failure(MegaraptorError(.notFound, "There is no plugin \(id).")), nil)
                }
                if let wait = state.workers[id]?.wait(for: id) { return (.failure(wait), nil) }
                state.slots[id] = .opening([finish])
                return (nil, manifest)
            }
        }
        if let known { return finish(known) }
        guard let toOpen else { return }
        DispatchQueue(label: "megaraptor.loading.\(id)").async { self.settle(toOpen) }
    }

    private func settle(_ manifest: PluginManifest) {
        let origin = Origin(manifest)
        let opened = Result { () throws(MegaraptorError) in try instance(of: manifest) }
        if case .failure(let error) = opened { logger.error("\(manifest.id): \(error)") }
        let waiting = state.withLock { state in
            let waiting: [@Sendable (Opened) -> Void] =
                if case .opening(let waiting)? = state.slots[manifest.id] { waiting } else { [] }
            state.origins[manifest.id] = origin
            switch opened {
            case .success(let plugin): state.slots[manifest.id] = .open(plugin)
            case .failure(let error): state.slots[manifest.id] = error.retryable ? .unopened : .refused(error)
            }
            return waiting
        }
        for finish in waiting { finish(opened) }
        reopenIfOvertaken(manifest.id, origin)
    }

    // MARK: - The lanes

    /// Blocks until the plugin is active or refused.
    private func instance(of manifest: PluginManifest) throws(MegaraptorError) -> any PluginInstance {
        try PluginMagic.check(minimumHost: manifest.minimumHost, folder: manifest.folder)
        let (trust, workers) = state.withLock { ($0.trust, $0.workerSettings) }
        guard let path = manifest.libraryPath else {
            if manifest.library != nil || manifest.nativeTools.isEmpty { throw .missingLibrary(manifest) }
            try trust.admit(manifest)
            return try worker(of: manifest, nil, workers)
        }
        let library = try trust.admit(manifest, at: path)
        let isInside = workers.isolation(of: manifest) == .inProcess
        // What was not built with this host is first opened where it can break nothing.
        if !isInside || !manifest.isBundled {
            let worker = try worker(of: manifest, library, workers)
            guard isInside else { return worker }
            worker.deactivate(milliseconds: 200)
        }
        return try PluginLoader(calls: calls, libraries: libraries, bridge: makeBridge).load(manifest, from: library)
    }

    private func makeBridge(_ id: String) -> PluginBridge {
        PluginBridge(plugin: id, calls: calls, services: services, logger: logger)
    }

    private func worker(
        of manifest: PluginManifest,
        _ library: LibraryIdentity?,
        _ workers: WorkerSettings
    ) throws(MegaraptorError) -> WorkerPlugin {
        let quarantine = Quarantine(folder: services.folders.quarantine)
        if let library, let record = try quarantine.record(of: manifest.id, for: library) {
            throw .quarantined(manifest, "its library is in quarantine since \(record.time): \(record.reason)")
        }
        state.withLock { $0.workers[manifest.id, default: WorkerHistory()].started() }
        let plugin = try WorkerPlugin(manifest, library, workers, bridge: makeBridge(manifest.id)) { [weak self] end in
            self?.record(end, of: manifest.id)
        }
        switch plugin.opening() {
        case .ready(let description):
            do throws(MegaraptorError) {
                try PluginLoader.compare(description, with: manifest)
                return plugin
            } catch {
                plugin.deactivate(milliseconds: 200)
                throw error
            }
        case .refused(let error):
            plugin.deactivate(milliseconds: 200)
            throw error
        case .ended(let end):
            guard let library, end.isOwnFault else { throw plugin.failure(end, wasBegun: false) }
            let reason = "opening it, its worker \(end.words)"
            do throws(MegaraptorError) {
                try quarantine.put(manifest.id, library, reason: reason)
            } catch {
                logger.error("\(manifest.id) cannot be put into quarantine: \(error)")
            }
            throw .quarantined(manifest, reason)
        }
    }

    private func record(_ end: WorkerEnd, of id: String) {
        state.withLock { $0.workers[id]?.ended(end.words) }
        logger.error("\(id): its worker \(end.words)")
    }
}

extension MegaraptorError {
    fileprivate static func missingLibrary(_ manifest: PluginManifest) -> MegaraptorError {
        MegaraptorError(
            .notFound,
            "The library \(manifest.library ?? "") of the plugin \(manifest.id) was not found.",
            hint:
                "Build it, or put it beside its manifest. Looked in: \(manifest.librarySearch.joined(separator: ", "))."
        )
    }

    fileprivate static func quarantined(_ manifest: PluginManifest, _ reason: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The plugin \(manifest.id) is not opened: \(reason).",
            hint: "Report this to its author. It is tried again when the library changes, or after "
                + "megaraptor-mcp plugins release \(manifest.id)."
        )
    }
}
