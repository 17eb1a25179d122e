// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPServer
import MegaraptorErrors
import PluginHost

/// Carries the server's calls to the plugin host.
struct HostPluginCaller: PluginCaller {
    let host: PluginHost
    /// How long any call may take.
    let deadline: Duration

    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8] {
        try await host.call(
            HostCall(
                plugin: plugin,
                method: method,
                params: params,
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
