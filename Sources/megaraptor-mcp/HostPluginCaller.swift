// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import PluginHost

/// Carries the server's calls to the plugin host.
struct HostPluginCaller: PluginCaller {
    let host: PluginHost
    /// How long any call may take.
    let deadline: Duration
    /// What operations decided, which every call tells its plugin in `_meta`.
    let decisions: JSONObject

    init(host: PluginHost, configuration: OperatorConfiguration, confirmation: ConfirmationPolicy) {
        self.host = host
        deadline = configuration.deadline
        decisions = [
            "read_only": .bool(configuration.policy.readOnly),
            "confirm": .string(confirmation.rawValue),
            "result_bytes": JSONValue(configuration.resultBytes),
        ]
    }

    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8] {
        var params = params.objectValue ?? [:]
        params["_meta"] = .object(decisions)
        return try await host.call(
            HostCall(
                plugin: plugin,
                method: method,
                params: .object(params),
                timeout: deadline,
                progress: context.progress.map(Self.forward),
                elicit: context.elicit
            )
        )
    }

    private static func forward(
        to report: @escaping @Sendable (PluginCallContext.Progress) -> Void
    ) -> @Sendable (Double, Double?, String) -> Void {
        { done, total, message in
            report(.init(done: done, total: total, message: message.isEmpty ? nil : message))
        }
    }
}
