// SPDX-License-Identifier: Apache-2.0

public import JSONValue
internal import Logging
internal import MegaraptorErrors
public import PluginManifest
public import PluginTrust
internal import Synchronization

extension PluginHost {
    /// What a plugin was opened from: who compares it later sees whether opening again would bring in something else.
    struct Origin: Hashable {
        let manifest: PluginManifest
        /// Its library, and those beside its manifest that have functions.
        let libraries: [FileStatus?]

        init(_ manifest: PluginManifest) {
            self.manifest = manifest
            let beside = manifest.nativeLibraries.map { "\(manifest.folder)/\($0)" }
            let paths = [manifest.libraryPath].compactMap { $0 } + beside
            libraries = paths.map { FileStatus($0, followsLinks: true) }
        }
    }

    /// The plugins that are open and go on as they are although their files have changed, with the manifests with which
    /// they were opened: those inside the host, which cannot be taken out of it, and those whose library is not trusted
    /// as it is now. Changes nothing.
    public func kept(among manifests: [PluginManifest], trust: TrustPolicy) -> [String: PluginManifest] {
        let open = state.withLock { state in
            state.slots.compactMap { id, slot -> (String, Origin, Bool)? in
                guard case .open(let plugin) = slot, let origin = state.origins[id] else { return nil }
                return (id, origin, plugin is WorkerPlugin)
            }
        }
        var kept: [String: PluginManifest] = [:]
        for (id, origin, isWorker) in open {
            guard let manifest = manifests.first(where: { $0.id == id }), Origin(manifest) != origin else { continue }
            if !isWorker || !isAdmitted(manifest, trust) { kept[id] = origin.manifest }
        }
        return kept
    }

    /// Takes over what there is now. Calls under way end where they began.
    ///
    /// A plugin in a process of its own that has changed, or is gone, gets no further call there, and a new process at
    /// the next one.
    ///
    /// - Parameter manifests: with the former ones of ``kept(among:trust:)``.
    public func update(
        manifests: [PluginManifest],
        kept: Set<String>,
        settings: @escaping @Sendable (String) -> JSONValue,
        trust: TrustPolicy,
        workers: WorkerSettings
    ) {
        let found = Dictionary(manifests.map { ($0.id, Origin($0)) }) { first, _ in first }
        var retired: [WorkerPlugin] = []
        state.withLock { state in
            (state.trust, state.workerSettings) = (trust, workers)
            for (id, slot) in state.slots where !kept.contains(id) {
                let isSame = state.origins[id] != nil && found[id] == state.origins[id]
                switch slot {
                case .open(let plugin as WorkerPlugin) where !isSame:
                    retired.append(plugin)
                    state.slots[id] = .unopened
                // What was refused may be tried again, unless it is in the host already.
                case .refused where !isSame || !libraries.hasOpened(id): state.slots[id] = .unopened
                case .opening: state.overtaken.insert(id)
                case .unopened, .open, .refused: continue
                }
            }
            plugins.replace(manifests, settings)
        }
        for worker in retired { worker.retire(within: Self.retirement) }
    }

    /// Has a plugin that was opened while its files changed opened anew, where that is possible.
    func reopenIfOvertaken(_ id: String, _ origin: Origin) {
        let worker = state.withLock { state -> WorkerPlugin? in
            guard state.overtaken.remove(id) != nil, plugins[id].map(Origin.init) != origin,
                case .open(let plugin as WorkerPlugin)? = state.slots[id]
            else { return nil }
            state.slots[id] = .unopened
            return plugin
        }
        worker?.retire(within: Self.retirement)
    }

    /// Whether opening a changed plugin would succeed, as far as trust is concerned. Reads its library.
    private func isAdmitted(_ manifest: PluginManifest, _ trust: TrustPolicy) -> Bool {
        do {
            if let path = manifest.libraryPath {
                _ = try trust.admit(manifest, at: path)
            } else {
                try trust.admit(manifest)
            }
            return true
        } catch {
            logger.warning("\(manifest.id) has changed and is not trusted as it is now: \(error)")
            return false
        }
    }

    /// The longest time for which a call of a plugin that is replaced may still run.
    private static let retirement = Duration.seconds(3600)
}
