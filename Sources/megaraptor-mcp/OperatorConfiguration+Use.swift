// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import Logging
import MCPServer
import PluginHost
import PluginManifest

extension OperatorConfiguration {
    /// When a person is asked.
    var confirmation: ConfirmationPolicy { confirm.flatMap(ConfirmationPolicy.init) ?? .destructive }

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
        self.init(
            manifests: discovery.manifests,
            folders: HostFolders(environment: environment),
            settings: { settings[$0] ?? [:] },
            logger: logger
        )
    }
}
