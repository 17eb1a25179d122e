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
        let library: FileStatus?

        init(_ manifest: PluginManifest) {
            self.manifest = manifest
            library = manifest.libraryPath.flatMap { FileStatus($0, followsLinks: true) }
        }
    }

    /// Takes over what there is now. Calls under way end where they began.
    ///
    /// A plugin in a process of its own that has changed, or is gone, gets no further call there, and a new process at
    /// the next one. One that is not trusted as it is now goes on as it was, and so does what is open inside the host:
    /// it cannot be taken out of it.
    ///
    /// - Returns: the plugins that have changed and go on as they were until the host is started anew; for these the
    ///   manifests with which they were opened.
    @discardableResult
    public func update(
        manifests: [PluginManifest],
        settings: @escaping @Sendable (String) -> JSONValue,
        trust: TrustPolicy,
        workers: WorkerSettings
    ) -> [String: PluginManifest] {
        let found = Dictionary(manifests.map { ($0.id, Origin($0)) }) { first, _ in first }
        let admitted = Set(found.filter { isAdmitted($0.value, trust) }.keys)
        var kept: [String: PluginManifest] = [:]
        var retired: [WorkerPlugin] = []
        state.withLock { state in
            (state.trust, state.workerSettings) = (trust, workers)
            for (id, slot) in state.slots {
                let origin = state.origins[id]
                let isSame = origin != nil && found[id] == origin
                switch slot {
                case .open(let plugin as WorkerPlugin) where !isSame && (found[id] == nil || admitted.contains(id)):
                    retired.append(plugin)
                    state.slots[id] = .unopened
                case .open where !isSame && found[id] != nil: kept[id] = origin?.manifest
                // What was refused may be tried again where that costs nothing: in a process, or from another file.
                case .refused where !isSame || isInProcess(origin, workers) == false: state.slots[id] = .unopened
                case .unopened, .opening, .open, .refused: continue
                }
            }
            plugins.replace(manifests.map { kept[$0.id] ?? $0 }, settings)
        }
        for worker in retired { worker.retire(within: Self.retirement) }
        return kept
    }

    /// Whether opening a changed plugin would succeed, as far as trust is concerned. Reads its library.
    private func isAdmitted(_ origin: Origin, _ trust: TrustPolicy) -> Bool {
        let opened = state.withLock { state -> Origin? in
            guard case .open? = state.slots[origin.manifest.id] else { return nil }
            return state.origins[origin.manifest.id]
        }
        guard let opened, opened != origin else { return false }
        do {
            if let path = origin.manifest.libraryPath {
                _ = try trust.admit(origin.manifest, at: path)
            } else {
                try trust.admit(origin.manifest)
            }
            return true
        } catch {
            logger.warning("\(origin.manifest.id) has changed and is not trusted as it is now: \(error)")
            return false
        }
    }

    /// The longest time for which a call of a plugin that is replaced may still run.
    private static let retirement = Duration.seconds(3600)

    private func isInProcess(_ origin: Origin?, _ workers: WorkerSettings) -> Bool {
        origin.map { workers.isolation(of: $0.manifest) == .inProcess } ?? true
    }
}
