// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import Logging
import MCPServer
import PluginHost
import PluginManifest
import PluginTrust

extension OperatorConfiguration {
    /// What every call tells its plugin in `_meta`, beside its deadline.
    func decisions(confirmation: ConfirmationPolicy) -> JSONObject {
        [
            "read_only": .bool(policy.readOnly),
            "confirm": .string(confirmation.rawValue),
            "result_bytes": JSONValue(resultBytes),
        ]
    }
}

extension OperatorConfiguration {
    /// How plugins get processes of their own.
    func workers(_ environment: [String: String]) -> WorkerSettings {
        var settings = WorkerSettings()
        settings.environment = environment
        settings.limits.memoryMebibytes = workerMemoryMebibytes
        settings.limits.cpuSeconds = workerCPUSeconds
        settings.mayRunInProcess = { [patterns = trust.inProcess] manifest in
            patterns.contains { Self.matches(manifest.id, $0) }
        }
        return settings
    }

    /// An id, or a beginning that ends in `*`.
    private static func matches(_ id: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? id.hasPrefix(pattern.dropLast()) : id == pattern
    }
}

extension PluginHost {
    convenience init(
        _ discovery: PluginSearch.Discovery,
        _ configuration: OperatorConfiguration,
        _ environment: [String: String],
        _ logger: Logger
    ) {
        let settings = configuration.settings
        self.init(
            manifests: discovery.manifests,
            folders: HostFolders(environment: environment),
            trust: TrustPolicy(configuration, environment),
            settings: { settings[$0] ?? [:] },
            workers: configuration.workers(environment),
            logger: logger
        )
    }
}
