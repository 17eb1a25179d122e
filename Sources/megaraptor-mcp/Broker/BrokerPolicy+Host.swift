// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import PluginHost

extension BrokerPolicy {
    /// What operations decided, as it holds at each call, with a record of every one.
    ///
    /// - Parameter current: `nil` once the host has ended; then nothing is carried any more.
    init(_ current: @escaping @Sendable () -> HealthInspection?) {
        self.init(
            isReadOnly: { current()?.configuration.policy.readOnly ?? true },
            meta: { current()?.decisions ?? [:] },
            timeout: { current()?.configuration.deadline ?? .zero },
            begin: { call throws(MegaraptorError) in
                guard let inspection = current() else {
                    throw MegaraptorError(.unavailable, "The host is shutting down.", retryable: true)
                }
                guard let recorder = inspection.recorder else { return { _ in } }
                let end = try await recorder.begin(CallDescription(call))
                return { outcome in await end(CallOutcome(outcome)) }
            }
        )
    }
}

extension CallDescription {
    fileprivate init(_ call: BrokeredCall) {
        self.init(
            method: "provider/\(call.operation)",
            target: "\(call.interface) \(call.provider)",
            plugin: call.plugin,
            rule: "permissions of \(call.asker)",
            consent: .notNeeded,
            arguments: call.arguments.objectValue ?? [:],
            changes: call.changes,
            version: "",
            client: call.asker
        )
    }
}

extension CallOutcome {
    fileprivate init(_ outcome: Result<JSONValue, MegaraptorError>) {
        switch outcome {
        case .success(let answer): self.init("ok", structuredContent: answer.jsonBytes()[...])
        case .failure(let error): self.init(error.code.name)
        }
    }
}
