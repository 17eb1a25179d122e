// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
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

extension TrustPolicy.Requirement {
    init(named name: String) throws(MegaraptorError) {
        guard let requirement = Self(rawValue: name) else {
            let names = Self.allCases.map(\.rawValue)
            let nearest = Spelling.nearest(to: name, among: names)
            throw MegaraptorError(
                .invalidArgument,
                "There is no trust policy \"\(name)\".",
                hint: nearest.map { "Did you mean \($0)?" } ?? "Use \(names.joined(separator: ", "))."
            )
        }
        self = requirement
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
