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
        if operation == .upgrade {
            guard let binary else {
                throw MegaraptorError(.invalidArgument, "An upgrade needs binary, the new program.")
            }
            record.formerBinary = record.specification.binary
            record.specification.binary = try await ServerProgram.examined(binary, version: version)
        }
        let plan = try await deployer.plan(known, record.request)
        return Proposal(
            record: record,
            operation: try OperationRecord(known, plan, now: now),
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
        binary: String? = nil,
        version: String? = nil,
        deleteData: Bool = false,
        digest: String? = nil,
        renew: ((inout DeploymentRecord, DeploymentStore) async throws(MegaraptorError) -> Void)? = nil
    ) async throws(MegaraptorError) -> RunningOperations.Wait {
        let store = try await core.store()
        let shown = try await proposal(operation, try store.record(id), binary: binary, version, deleteData: deleteData)
        if let digest {
            guard digest == shown.operation.digest else { throw Self.another }
        } else {
            try await context.consent(to: DeploymentText.question(shown.title, shown.json))
        }
        let lock = try store.lock(id, for: operation.rawValue)
        return try await core.begin(under: lock, store, deployer: shown.record.deployer.name, context) {
            _ throws(MegaraptorError) in
            // What a person agreed to must still be what would be done.
            let again = try await proposal(
                operation,
                try store.record(id),
                binary: binary,
                version,
                deleteData: deleteData
            )
            guard again.operation.digest == shown.operation.digest else { throw Self.another }
            var record = again.record
            record.close("interrupted", "Another operation took its place.")
            record.operation = again.operation
            record.operation?.renewsFiles = renew == nil ? nil : true
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
