// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Puts an interrupted deployment right: looks first, then goes on from there.
struct Recovering: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(_ id: DeploymentID) async throws(MegaraptorError) -> RunningOperations.Wait {
        let store = try await core.store()
        let wasLost = try store.restore(id)
        if let operation = try store.record(id).operation {
            let left = operation.steps.filter { $0.status != .done }.map { "- \($0.title)" }
            try await context.consentIfAsked(
                to: (["Go on with \(operation.kind) of \(id)? There are left:"] + left).joined(separator: "\n")
            )
        }
        let lock = try store.lock(id, for: "recover_deployment", takesOver: true)
        let name = try store.record(id).deployer.name
        return try await core.begin(under: lock, store, deployer: name, context) {
            deployer throws(MegaraptorError) in
            var record = try store.record(id)
            var found = try await Recovery(store: store, deployer: deployer).reconcile(&record)
            if wasLost { found.insert("Its record was lost; the one before the latest change took its place.", at: 0) }
            return (record, found)
        }
    }
}

extension CallContext {
    /// Asks the person where that is wanted and can be; a client that cannot ask has named the deployment itself.
    func consentIfAsked(to question: String) async throws(MegaraptorError) {
        do throws(MegaraptorError) {
            try await consent(to: question)
        } catch {
            guard error.code == .failedPrecondition else { throw error }
        }
    }
}
