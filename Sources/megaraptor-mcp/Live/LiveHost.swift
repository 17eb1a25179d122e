// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import Logging
import MCPServer
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust
import Synchronization

/// A host whose files may change while it serves: the operator's file, manifests, libraries, the lock file.
///
/// A change that cannot be used leaves everything as it was, and says so.
final class LiveHost: CatalogSource {
    private struct State {
        var inspection: HealthInspection
        var catalog: Catalog
    }

    let host: PluginHost
    let settings: HostSettings
    let environment: [String: String]
    private let logger: Logger
    let recorder: AuditRecorder?
    /// What was set at the start, for what cannot change later.
    private let started: OperatorConfiguration
    private let state: Mutex<State>

    init(_ settings: HostSettings, _ offer: HostOffer, _ environment: [String: String], _ logger: Logger) {
        let inspection = HealthInspection(offer, environment, logger)
        self.settings = settings
        self.environment = environment
        self.logger = logger
        host = inspection.host
        recorder = inspection.recorder
        started = offer.configuration
        state = Mutex(State(inspection: inspection, catalog: offer.catalog))
        host.follow(BrokerPolicy { [weak self] in self?.inspection })
    }

    var inspection: HealthInspection { state.withLock { $0.inspection } }

    func currentCatalog() -> Catalog { state.withLock { $0.catalog } }

    // MARK: - Changes

    /// Reads everything again and tells clients what has changed. Calls under way end as they began.
    func reload(telling server: MCPServer) {
        do throws(MegaraptorError) {
            try takeOver(HostOffer(settings, environment))
        } catch {
            let former = state.withLock { state in
                defer { state.inspection.reloadFault = error }
                return state.inspection.reloadFault
            }
            if former?.message != error.message {
                logger.error("the files have changed and cannot be used; the former state goes on: \(error)")
            }
            return
        }
        let configuration = inspection.configuration
        server.catalogDidChange(
            confirmation: configuration.confirmation,
            confirmsByToken: configuration.confirmsByToken
        )
    }

    private func takeOver(_ found: HostOffer) throws(MegaraptorError) {
        let configuration = found.configuration
        let trust = TrustPolicy(configuration, environment)
        let kept = host.kept(among: configuration.enabled(found.discovery.manifests), trust: trust)
        // Decided on before anything changes, so that a fault leaves all as it was.
        let offer = try found.keeping(kept)
        host.update(
            manifests: configuration.enabled(offer.discovery.manifests),
            kept: Set(kept.keys),
            settings: { [settings = configuration.settings] in settings[$0] ?? [:] },
            trust: trust,
            workers: configuration.workers(environment)
        )
        var inspection = HealthInspection(offer, host, recorder)
        inspection.outdated = Set(kept.keys)
        report(offer, inspection.outdated)
        state.withLock { $0 = State(inspection: inspection, catalog: offer.catalog) }
        prepareStartupPlugins()
    }

    /// Opens beside the first requests what is to be open at the start; a failure is logged by the host.
    func prepareStartupPlugins() {
        let inspection = inspection
        let enabled = inspection.configuration.enabled(inspection.discovery.manifests)
        for manifest in enabled where manifest.activation == .startup {
            Task { [host] in do { try await host.prepare(manifest.id) } catch {} }
        }
    }

    private func report(_ offer: HostOffer, _ outdated: Set<String>) {
        let before = inspection
        let known = Set(before.discovery.problems.map(\.message))
        for problem in offer.discovery.problems where !known.contains(problem.message) { logger.error("\(problem)") }
        for id in outdated.subtracting(before.outdated).sorted() {
            logger.warning(
                "\(id) has changed; what was opened goes on until it is trusted as it is now, or the host restarted"
            )
        }
        if offer.configuration.audit != started.audit || offer.configuration.concurrentCalls != started.concurrentCalls
        {
            logger.warning("changes of audit and limits.concurrent_calls take effect at the next start")
        }
        let tools = offer.catalog.tools.count
        guard tools != currentCatalog().tools.count else { return }
        logger.info("the files were read again: \(tools) tools are offered")
    }
}
