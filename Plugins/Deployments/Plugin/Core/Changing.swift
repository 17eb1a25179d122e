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
        var question: String
        var json: JSONObject
    }

    // MARK: - Planning

    func plan(
        _ operation: PlannedOperation,
        _ id: DeploymentID,
        _ inputs: ServerInputs,
        _ deleteData: Bool
    ) async throws(MegaraptorError) -> JSONObject {
        let record = try await core.store().record(id)
        var json = try await proposal(operation, record, binary: inputs.binary, inputs.version, deleteData: deleteData)
            .json
        json["deployment_id"] = .string(id.text)
        return json
    }

    /// - Parameter binary: the program for an upgrade.
    func proposal(
        _ operation: PlannedOperation,
        _ record: DeploymentRecord,
        binary: String? = nil,
        _ version: String? = nil,
        deleteData: Bool = false
    ) async throws(MegaraptorError) -> Proposal {
        let deployer = try await core.deployer(record.deployer.name, for: context)
        var record = record
        let now = Moment.now.text
        guard let known = operation.deployerOperation else {
            let plan = try await deployer.removal(record.request, data: deleteData)
            return Proposal(
                record: record,
                operation: try OperationRecord(plan, now: now),
                question: PlanReport.question(
                    "Destroy the deployment \(record.id) (\(record.specification.name))?",
                    plan
                ),
                json: PlanReport.json(plan)
            )
        }
        guard record.phase != .destroyed, record.phase != .creating else {
            throw MegaraptorError(
                .failedPrecondition,
                "The deployment \(record.id) is \(record.phase.rawValue), so it cannot be changed.",
                hint: record.phase == .creating ? "recover_deployment finishes what was interrupted." : ""
            )
        }
        if operation == .upgrade {
            guard let binary else {
                throw MegaraptorError(.invalidArgument, "An upgrade needs binary, the new program.")
            }
            record.formerBinary = record.specification.binary
            record.specification.binary = try await ServerProgram.examined(binary, version: version)
        }
        let plan = try await deployer.plan(known, record.request)
        let title = "\(operation.rawValue) the deployment \(record.id) (\(record.specification.name))?"
        return Proposal(
            record: record,
            operation: try OperationRecord(known, plan, now: now),
            question: PlanReport.question(title, CheckedPlan(plan: plan, notes: [])),
            json: PlanReport.json(plan)
        )
    }

    // MARK: - Doing

    /// Asks, locks, plans again, and begins.
    ///
    /// - Parameters:
    ///   - digest: of a plan that was shown before.
    ///   - prepare: runs under the lock before the first step.
    func carryOut(
        _ operation: PlannedOperation,
        _ id: DeploymentID,
        binary: String? = nil,
        version: String? = nil,
        deleteData: Bool = false,
        digest: String? = nil,
        prepare: (inout DeploymentRecord, DeploymentStore) async throws(MegaraptorError) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> RunningOperations.Wait {
        let store = try await core.store()
        let shown = try await proposal(operation, try store.record(id), binary: binary, version, deleteData: deleteData)
        if let digest {
            guard digest == shown.operation.digest else { throw Self.another }
        } else {
            try await context.consent(to: shown.question)
        }
        let lock = try store.lock(id, for: operation.rawValue)
        var record: DeploymentRecord
        do throws(MegaraptorError) {
            // What a person agreed to must still be what would be done.
            let again = try await proposal(
                operation,
                try store.record(id),
                binary: binary,
                version,
                deleteData: deleteData
            )
            guard again.operation.digest == shown.operation.digest else { throw Self.another }
            record = again.record
            try await prepare(&record, store)
            record.close("interrupted", "Another operation took its place.")
            record.operation = again.operation
            record.phase = again.operation.phase
            try store.write(&record)
        } catch {
            lock.release()
            throw error
        }
        let deployer = try await core.deployer(detachedFrom: context, record.deployer.name)
        let work = DeploymentWork(core: core, context: context, store: store, deployer: deployer)
        return try await core.running.run(on: id.text, within: context.waitingTime) { [record] in
            await work.outcome(of: record, releasing: lock)
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
