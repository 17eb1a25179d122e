// SPDX-License-Identifier: Apache-2.0

import Catalog
import Glibc
import JSONValue
import Logging
import MCPServer
import PluginHost
import PluginManifest
import SecretStore

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

extension PluginHost {
    convenience init(
        _ discovery: PluginSearch.Discovery,
        _ configuration: OperatorConfiguration,
        _ environment: [String: String],
        _ logger: Logger
    ) {
        let settings = configuration.settings
        // Programs that plugins start must not inherit it.
        unsetenv(SecretKey.passphraseVariable)
        self.init(
            manifests: discovery.manifests,
            folders: HostFolders(environment: environment),
            settings: { settings[$0] ?? [:] },
            secret: SecretStore(environment).valueForPlugin,
            logger: logger
        )
    }
}
