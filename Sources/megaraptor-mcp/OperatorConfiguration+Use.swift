// SPDX-License-Identifier: Apache-2.0

import Catalog
import Glibc
import JSONValue
import Logging
import MCPServer
import PluginHost
import PluginManifest
import PluginTrust
import SecretStore

extension OperatorConfiguration {
    /// When a person is asked.
    var confirmation: ConfirmationPolicy { confirm.flatMap(ConfirmationPolicy.init) ?? .destructive }

    /// What every call tells its plugin in `_meta`, beside its deadline.
    var decisions: JSONObject {
        [
            "read_only": .bool(policy.readOnly),
            "confirm": .string(confirmation.rawValue),
            "result_bytes": JSONValue(resultBytes),
        ]
    }
}

extension OperatorConfiguration {
    /// The plugins that are not disabled.
    func enabled(_ manifests: [PluginManifest]) -> [PluginManifest] {
        manifests.filter { policy.ruleDisabling($0.id) == nil }
    }

    /// How plugins get processes of their own.
    func workers(_ environment: [String: String]) -> WorkerSettings {
        var settings = WorkerSettings()
        // What opens the store of secrets is nobody's but the host's.
        settings.environment = environment.filter { !$0.key.hasPrefix("MEGARAPTOR_SECRETS_") }
        settings.limits.memoryMebibytes = workerMemoryMebibytes
        settings.limits.cpuSeconds = workerCPUSeconds
        let insiders = trust.inProcess.map(NamePattern.init)
        settings.mayRunInProcess = { manifest in insiders.contains { $0.matches(manifest.id) } }
        return settings
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
        let store = SecretStore(environment)
        // Programs that plugins start must not inherit it.
        unsetenv(SecretKey.passphraseVariable)
        self.init(
            manifests: configuration.enabled(discovery.manifests),
            folders: HostFolders(environment: environment),
            trust: TrustPolicy(configuration, environment),
            settings: { settings[$0] ?? [:] },
            secret: store.valueForPlugin,
            secretKeeper: store.keeperForPlugins,
            concurrentCalls: configuration.concurrentCalls,
            workers: configuration.workers(environment),
            logger: logger
        )
    }
}
