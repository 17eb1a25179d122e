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

    func callAsFunction(
        _ id: DeploymentID,
        answer: (RunningOperations.Wait, DeploymentID) async throws(MegaraptorError) -> ToolResult
    ) async throws(MegaraptorError) -> ToolResult {
        let store = try await core.store()
        let wasLost = try store.restore(id)
        if let operation = try store.record(id).operation {
            let left = operation.steps.filter { $0.status != .done }.map { "- \($0.title)" }
            try await context.consentIfAsked(
                to: (["Go on with \(operation.kind) of \(id)? There are left:"] + left).joined(separator: "\n")
            )
        }
        let lock = try store.lock(id, for: "recover_deployment", takesOver: true)
        let deployer: DeployerClient
        var record: DeploymentRecord
        let findings: Recovery.Findings
        do throws(MegaraptorError) {
            record = try store.record(id)
            deployer = try await core.deployer(detachedFrom: context, record.deployer.name)
            findings = try await Recovery(store: store, deployer: deployer).reconcile(&record)
        } catch {
            lock.release()
            throw error
        }
        guard findings.isOpen else {
            lock.release()
            var report = DeploymentReport(record: record, folder: store.folder(id)).whole
            report["status"] = "done"
            report["message"] = .string(
                (findings.sentences + [wasLost ? Self.restored : Self.nothing]).joined(separator: " ")
            )
            return ToolResult(structured: .object(report))
        }
        if wasLost { core.host.log(.warning, "\(id): \(Self.restored)") }
        let work = DeploymentWork(core: core, context: context, store: store, deployer: deployer)
        let wait = try await core.running.run(on: id.text, within: context.waitingTime) { [record] in
            await work.outcome(of: record, releasing: lock)
        }
        return try await answer(wait, id)
    }

    private static let nothing = "Nothing was interrupted."
    private static let restored = "Its record was lost; the one before the latest change took its place."
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
