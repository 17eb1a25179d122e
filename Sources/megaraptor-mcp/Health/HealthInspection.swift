// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import Logging
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust

/// Looks at the host and asks every plugin how it is.
struct HealthInspection: Sendable {
    let discovery: PluginSearch.Discovery
    /// Each plugin's level by its id.
    let trust: [String: TrustLevel]
    let configuration: OperatorConfiguration
    /// The operator's file; `nil` where none is named.
    let configurationFile: String?
    /// Why the configuration cannot be used; the defaults stand in for it.
    var configurationFault: MegaraptorError?
    let host: PluginHost
    /// What every call tells its plugin.
    let decisions: JSONObject
    /// Who runs tools without code.
    let runners: ToolRunners
    /// Why the latest state of the files cannot be used; what is here goes on meanwhile.
    var reloadFault: MegaraptorError?
    /// Plugins whose files have changed and that go on as they were opened.
    var outdated: Set<String> = []
    /// `nil` where calls are not recorded.
    let recorder: AuditRecorder?

    init(
        discovery: PluginSearch.Discovery,
        trust: [String: TrustLevel],
        configuration: OperatorConfiguration,
        configurationFile: String?,
        configurationFault: MegaraptorError? = nil,
        host: PluginHost,
        recorder: AuditRecorder?
    ) {
        self.discovery = discovery
        self.trust = trust
        self.configuration = configuration
        self.configurationFile = configurationFile
        self.configurationFault = configurationFault
        self.host = host
        self.recorder = recorder
        decisions = configuration.decisions
        runners = ToolRunners(configuration.enabled(discovery.manifests), host: host)
    }

    /// Looks at what a host offers. The host that it makes is the one that answers for the offer.
    init(_ offer: HostOffer, _ environment: [String: String], _ logger: Logger) {
        let host = PluginHost(offer.discovery, offer.configuration, environment, logger)
        self.init(offer, host, AuditRecorder.make(offer.configuration, environment, host, logger))
    }

    init(_ offer: HostOffer, _ host: PluginHost, _ recorder: AuditRecorder?) {
        self.init(
            discovery: offer.discovery,
            trust: offer.trust,
            configuration: offer.configuration,
            configurationFile: offer.configurationFile,
            host: host,
            recorder: recorder
        )
    }

    /// Opening a plugin and asking it takes no longer than this together, whatever the plugin does.
    var timeLimit: Duration { min(.seconds(20), configuration.deadline) }

    /// Plugins are asked at the same time; one that hangs or fails costs only its own findings.
    func report() async -> HealthReport {
        let plugins = await withTaskGroup(of: (Int, HealthReport.Group).self) { group in
            for (place, manifest) in discovery.manifests.enumerated() {
                group.addTask { (place, await inspect(manifest)) }
            }
            return await group.reduce(into: [(Int, HealthReport.Group)]()) { $0.append($1) }
        }
        let own = HealthReport.Group(id: HostContributions.id, version: ProductVersion.text, findings: hostFindings)
        return HealthReport(groups: [own] + plugins.sorted { $0.0 < $1.0 }.map(\.1))
    }

    // MARK: - Plugins

    private func inspect(_ manifest: PluginManifest) async -> HealthReport.Group {
        var group = HealthReport.Group(id: manifest.id, version: manifest.version, findings: [trustFinding(manifest)])
        if let rule = configuration.policy.ruleDisabling(manifest.id) {
            let message = "The plugin is disabled by \"\(rule.text)\" (\(rule.origin)) and was not opened."
            group.findings += [HealthFinding("plugin.disabled", .ok, message)]
            return group
        }
        guard manifest.library != nil || !manifest.nativeTools.isEmpty else {
            group.findings += [HealthFinding("plugin.library", .ok, "The plugin is a manifest alone, without code.")]
            group.findings += await runnerFindings(manifest)
            return group
        }
        let start = ContinuousClock.now
        let opening = await TimeLimit.answer(within: timeLimit) { await open(manifest) }
        guard let opening else {
            let message = "The library could not be opened within \(timeLimit)."
            let fix = "Remove the plugin's folder \(manifest.folder), or report the fault to its author."
            group.findings += [HealthFinding("plugin.library", .broken, message, fix: fix)]
            return group
        }
        group.findings.append(opening)
        if outdated.contains(manifest.id) { group.findings.append(Self.outdatedFinding) }
        guard opening.status != .broken else { return group }
        let left = timeLimit - (ContinuousClock.now - start)
        if let findings = await TimeLimit.answer(within: left, { await ask(manifest.id, within: left) }) {
            group.findings += findings
        } else {
            group.findings.append(silence)
        }
        group.findings += await runnerFindings(manifest)
        return group
    }

    private func open(_ manifest: PluginManifest) async -> HealthFinding {
        do throws(MegaraptorError) {
            try await host.prepare(manifest.id)
            if let library = host.openLibrary(of: manifest.id), library.state != .same {
                return Self.outdated(library)
            }
            let status = host.status(of: manifest.id)
            let place = status?.isolation == .process ? " \(status?.words ?? "")" : ""
            guard let library = manifest.libraryPath else {
                return HealthFinding("plugin.library", .ok, "The plugin has no code but C functions; it runs\(place).")
            }
            return HealthFinding("plugin.library", .ok, "The library \(library) is open\(place).")
        } catch {
            return HealthFinding("plugin.library", failure: error)
        }
    }

    private func ask(_ id: String, within limit: Duration) async -> [HealthFinding] {
        do {
            let call = HostCall(plugin: id, method: "health", params: ["_meta": .object(decisions)], timeout: limit)
            let answer = try JSONValue(json: try await host.call(call))
            let checks = (answer["checks"] ?? []).arrayValue?.map { HealthFinding(plugin: $0) }
            guard let checks, !checks.contains(where: { $0 == nil }) else { return [Self.misshapen] }
            return checks.compactMap { $0 }
        } catch let error as MegaraptorError {
            switch error.code {
            case .unsupported: return []
            case .deadlineExceeded: return [silence]
            default: return [HealthFinding("plugin.health", failure: error)]
            }
        } catch {
            return [Self.misshapen]
        }
    }

    private var silence: HealthFinding {
        HealthFinding(
            "plugin.health",
            .unknown,
            "The plugin did not say within \(timeLimit) how it is.",
            fix: "Ask again; its log may say what it waits for."
        )
    }

    private static let misshapen = HealthFinding(
        "plugin.health",
        .broken,
        "The plugin answers the question how it is in a shape that nobody understands.",
        fix: "This is a fault of the plugin; report it to its author."
    )
}
