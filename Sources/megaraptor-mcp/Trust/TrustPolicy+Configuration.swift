// SPDX-License-Identifier: Apache-2.0

import Catalog
import PluginHost
import PluginManifest
import PluginTrust

extension TrustPolicy {
    /// What operations demand of plugins.
    /// - Parameter requirement: takes the place of the configured one.
    init(
        _ configuration: OperatorConfiguration,
        _ environment: [String: String],
        demanding requirement: Requirement? = nil
    ) {
        let settings = configuration.trust
        self.init(
            // The configuration was checked; what nobody knows must not count as less.
            requirement ?? Requirement(rawValue: settings.policy) ?? .signed,
            lock: settings.lock ?? "\(HostFolders(environment: environment).config)/plugins.lock",
            signers: settings.signers,
            program: RunningProgram.path
        )
    }
}

extension HostOptions {
    /// The plugins that may be used, and the level of every plugin there is. What is not trusted is among the problems.
    static func discover(
        _ configuration: OperatorConfiguration,
        _ environment: [String: String]
    ) -> (PluginSearch.Discovery, [String: TrustLevel]) {
        var discovery = search(configuration, environment).discover()
        let levels = TrustPolicy(configuration, environment).apply(to: &discovery)
        return (discovery, levels)
    }
}
