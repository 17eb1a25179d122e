// SPDX-License-Identifier: Apache-2.0

import Catalog
import MegaraptorErrors
import PluginManifest
import PluginTrust

/// What a host offers: its file, environment and flags, the plugins they lead to, and what was decided on them.
///
/// Reading and deciding change nothing anywhere, so that this can be done again at every change of a file.
struct HostOffer: Sendable {
    let configuration: OperatorConfiguration
    /// `nil` where there is none and the defaults hold.
    let configurationFile: String?
    let discovery: PluginSearch.Discovery
    /// The level of every plugin there is, by its id.
    let trust: [String: TrustLevel]
    let catalog: Catalog

    /// - Parameter discovered: hears of the plugins before anything is decided on them, because one that was refused
    ///   may be why a name means nothing.
    init(
        _ settings: HostSettings,
        _ environment: [String: String],
        discovered: (PluginSearch.Discovery) -> Void = { _ in }
    ) throws(MegaraptorError) {
        configurationFile = settings.configurationFile(environment)
        configuration = try settings.configuration(environment)
        (discovery, trust) = HostOptions.discover(configuration, environment)
        discovered(discovery)
        catalog = try Self.decide(configuration, discovery)
    }

    /// The offer with some plugins as they were, because they run so.
    func keeping(_ kept: [String: PluginManifest]) throws(MegaraptorError) -> HostOffer {
        guard !kept.isEmpty else { return self }
        var discovery = discovery
        discovery.manifests = discovery.manifests.map { kept[$0.id] ?? $0 }
        return HostOffer(self, discovery, try Self.decide(configuration, discovery))
    }

    private init(_ other: HostOffer, _ discovery: PluginSearch.Discovery, _ catalog: Catalog) {
        configuration = other.configuration
        configurationFile = other.configurationFile
        trust = other.trust
        self.discovery = discovery
        self.catalog = catalog
    }

    /// What is on, of the plugins that were found and by this configuration.
    static func decide(
        _ configuration: OperatorConfiguration,
        _ discovery: PluginSearch.Discovery
    ) throws(MegaraptorError) -> Catalog {
        let catalog = try HostContributions.catalog(of: discovery, configuration.policy)
        // Settings may wait for a plugin that is not trusted yet.
        try PluginManifest.check(settings: configuration.settings, of: discovery.manifests + discovery.refused)
        return catalog
    }
}
