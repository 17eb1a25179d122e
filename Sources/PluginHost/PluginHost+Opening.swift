// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Logging
public import MegaraptorErrors
internal import PluginManifest
internal import Synchronization

extension PluginHost {
    /// Opens a plugin without calling it, for `activation: startup` and for checks.
    public func prepare(_ id: String) async throws(MegaraptorError) {
        _ = try await open(id)
    }

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
                guard let manifest = state.manifests[id] else {
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
        let opened: Opened
        var isFinal = true
        do throws(OpeningFailure) {
            opened = .success(try instance(of: manifest))
        } catch {
            opened = .failure(error.reason)
            isFinal = error.isFinal
            logger.error("\(manifest.id): \(error.reason)")
        }
        let waiting = state.withLock { state in
            let waiting: [@Sendable (Opened) -> Void] =
                if case .opening(let waiting)? = state.slots[manifest.id] { waiting } else { [] }
            switch opened {
            case .success(let plugin): state.slots[manifest.id] = .open(plugin)
            case .failure(let error): state.slots[manifest.id] = isFinal ? .refused(error) : .unopened
            }
            return waiting
        }
        for finish in waiting { finish(opened) }
    }

    private struct OpeningFailure: Error {
        let reason: MegaraptorError
        /// Whether trying again is useless until the host is started anew.
        var isFinal = true
    }

    // MARK: - The lanes

    /// Blocks until the plugin is active or refused.
    private func instance(of manifest: PluginManifest) throws(OpeningFailure) -> any PluginInstance {
        do throws(MegaraptorError) {
            try PluginLoader.checkHost(manifest)
            if manifest.library != nil || manifest.nativeTools.isEmpty { _ = try PluginLoader.library(of: manifest) }
        } catch {
            throw OpeningFailure(reason: error)
        }
        guard workers.isolation(of: manifest) == .inProcess else { return try worker(of: manifest) }
        // What was not built with this host is first opened where it can break nothing.
        if !manifest.isBundled { try worker(of: manifest).deactivate(milliseconds: 200) }
        do throws(MegaraptorError) {
            return try PluginLoader(calls: calls, libraries: libraries, bridge: makeBridge).load(manifest)
        } catch {
            throw OpeningFailure(reason: error)
        }
    }

    private func makeBridge(_ id: String) -> PluginBridge {
        PluginBridge(plugin: id, calls: calls, services: services, logger: logger)
    }

    private func worker(of manifest: PluginManifest) throws(OpeningFailure) -> WorkerPlugin {
        let plugin: WorkerPlugin
        do throws(MegaraptorError) {
            plugin = try WorkerPlugin(manifest, workers, bridge: makeBridge(manifest.id)) { [weak self] reason in
                self?.record(reason, of: manifest.id)
            }
        } catch {
            throw OpeningFailure(reason: error, isFinal: false)
        }
        state.withLock { $0.workers[manifest.id, default: WorkerHistory()].started() }
        switch plugin.opening() {
        case .ready(let description):
            do throws(MegaraptorError) {
                try PluginLoader.compare(description, with: manifest)
                return plugin
            } catch {
                plugin.deactivate(milliseconds: 200)
                throw OpeningFailure(reason: error)
            }
        case .refused(let error):
            plugin.deactivate(milliseconds: 200)
            throw OpeningFailure(reason: error)
        case .ended(let reason): throw OpeningFailure(reason: .broken(manifest, reason))
        case .tooSlow:
            throw OpeningFailure(reason: .broken(manifest, "did not open it within \(workers.openingTime)"))
        }
    }

    private func record(_ reason: String, of id: String) {
        state.withLock { $0.workers[id]?.ended(reason) }
        logger.error("\(id): its worker \(reason)")
    }
}

extension MegaraptorError {
    /// A plugin whose code ends its process before it can be called.
    fileprivate static func broken(_ manifest: PluginManifest, _ reason: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The plugin \(manifest.id) cannot be opened: its worker \(reason).",
            hint: "Report this to its author."
        )
    }
}
