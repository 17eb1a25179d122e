// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import PluginHost
import PluginManifest

/// Carries the server's calls to the plugin host, and answers those that are for the host itself.
struct HostPluginCaller: PluginCaller {
    /// The state that holds now: it answers for the host itself, and knows what every call tells its plugin.
    let current: @Sendable () -> HealthInspection

    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8] {
        let inspection = current()
        if plugin == HostContributions.id { return try await HostContributions.answer(method, params, inspection) }
        var params = params.objectValue ?? [:]
        var meta = params["_meta"]?.objectValue ?? [:]
        for (key, value) in inspection.decisions { meta[key] = value }
        params["_meta"] = .object(meta)
        let message = try await inspection.runners.route(
            ToolRunners.Message(plugin: plugin, method: method, params: params),
            timeout: inspection.configuration.deadline
        )
        return try await inspection.host.call(
            HostCall(
                plugin: message.plugin,
                method: message.method,
                params: .object(message.params),
                timeout: inspection.configuration.deadline,
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
