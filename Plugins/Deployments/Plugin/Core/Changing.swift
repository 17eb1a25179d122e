// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Changes a deployment that there is, or takes it away.
struct Changing: Sendable {
    let core: DeploymentCore
    let context: CallContext

    /// A change, ready to be agreed to.
    struct Proposal: Sendable {
        var record: DeploymentRecord
        var operation: OperationRecord
        var title: String
        var json: JSONObject
    }

    // MARK: - Planning

    func plan(
        _ operation: PlannedOperation,
        _ id: DeploymentID,
        _ wishes: Wishes
    ) async throws(MegaraptorError) -> JSONObject {
        var json = try await proposal(operation, try await core.store().record(id), wishes).json
        json["deployment_id"] = .string(id.text)
        return json
    }

    func proposal(
        _ operation: PlannedOperation,
        _ record: DeploymentRecord,
        _ wishes: Wishes
    ) async throws(MegaraptorError) -> Proposal {
        let deployer = try await core.deployer(record.deployer.name, for: context)
        var record = record
        let now = Moment.now.text
        guard let known = operation.deployerOperation else {
            let plan = try await deployer.removal(record.request, data: wishes.deleteData)
            return Proposal(
                record: record,
                operation: try OperationRecord(plan, now: now),
                title: "Destroy the deployment \(record.id) (\(record.specification.name))?",
                json: PlanReport.json(plan)
            )
        }
        let isUnfinished = record.operation?.kind == DeploymentOperation.create.rawValue
        guard record.phase != .destroyed, !isUnfinished else {
            throw MegaraptorError(
                .failedPrecondition,
                isUnfinished
                    ? "The deployment \(record.id) was never made to its end, so it cannot be changed."
                    : "The deployment \(record.id) was destroyed.",
                hint: isUnfinished ? "recover_deployment finishes what was interrupted." : ""
            )
        }
        try await wishes.enter(&record, operation, deployer.info)
        let plan = try await deployer.plan(known, record.request)
        var next = try OperationRecord(known, plan, now: now)
        if let layout = plan.layout, layout != record.layout {
            record.layout = layout
            next.renewsFiles = true
        }
        return Proposal(
            record: record,
            operation: next,
            title: "\(operation.rawValue) the deployment \(record.id) (\(record.specification.name))?",
            json: PlanReport.json(plan)
        )
    }

    // MARK: - Doing

    /// Asks, locks, plans again, and begins.
    ///
    /// - Parameters:
    ///   - digest: of a plan that was shown before.
    ///   - renew: makes new certificates under the lock, once it is written down that it begins.
    func carryOut(
        _ operation: PlannedOperation,
        _ id: DeploymentID,
        _ wishes: Wishes = Wishes(),
        digest: String? = nil,
        renew: ((inout DeploymentRecord, DeploymentStore) async throws(MegaraptorError) -> Void)? = nil
    ) async throws(MegaraptorError) -> RunningOperations.Wait {
        let store = try await core.store()
        let shown = try await proposal(operation, try store.record(id), wishes)
        if let digest {
            guard digest == shown.operation.digest else { throw Self.another }
        } else {
            try await context.consent(to: DeploymentText.question(shown.title, shown.json))
        }
        let lock = try store.lock(id, for: operation.rawValue)
        return try await core.begin(under: lock, store, deployer: shown.record.deployer.name, context) {
            _ throws(MegaraptorError) in
            // What a person agreed to must still be what would be done.
            let again = try await proposal(operation, try store.record(id), wishes)
            guard again.operation.digest == shown.operation.digest else { throw Self.another }
            var record = again.record
            record.close("interrupted", "Another operation took its place.")
            record.operation = again.operation
            if renew != nil { record.operation?.renewsFiles = true }
            record.phase = again.operation.phase
            try store.write(&record)
            try await renew?(&record, store)
            return (record, [])
        }
    }

    private static var another: MegaraptorError {
        MegaraptorError(
            .conflict,
            "The plan is another than the one that was shown, so nothing was done.",
            hint: "Call plan_deployment again, and look at what has changed."
        )
    }
}
