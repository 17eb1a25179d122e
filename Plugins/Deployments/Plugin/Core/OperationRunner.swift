// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Takes an operation through its steps, and writes down each before it begins and what it led to.
///
/// Whenever it is interrupted, the record says which steps are done and which one is in doubt. Only while the lock of
/// the deployment is held.
struct OperationRunner: Sendable {
    let store: DeploymentStore
    let deployer: DeployerClient
    /// Hears of each step that begins: its place, how many there are, and its title.
    var report: @Sendable (Int, Int, String) -> Void = { _, _, _ in }
    /// Whether it is to stop before the next step.
    var shouldStop: @Sendable () -> Bool = { false }

    /// Begins or continues the operation of the record.
    ///
    /// - Throws: why a step failed; the record then holds the failure and stays open for recovery.
    func run(_ record: inout DeploymentRecord) async throws(MegaraptorError) {
        guard var operation = record.operation else { return }
        operation.failure = nil
        record.phase = operation.phase
        for place in operation.steps.indices where operation.steps[place].status != .done {
            if shouldStop() {
                record.operation = operation
                try store.write(&record)
                throw Self.stopped(before: operation.steps[place])
            }
            operation.steps[place].status = .begun
            operation.steps[place].message = nil
            record.operation = operation
            try store.write(&record)
            report(place, operation.steps.count, operation.steps[place].title)
            do throws(MegaraptorError) {
                let outcome = try await perform(place, of: operation, record)
                record.providerState = outcome.state
                record.resources = outcome.resources
                operation.steps[place].status = .done
                operation.steps[place].message = outcome.message
            } catch {
                operation.steps[place].status = .failed
                operation.steps[place].message = error.message
                operation.failure = OperationRecord.Failure(error)
                record.operation = operation
                record.phase = .failed
                try store.write(&record)
                throw Self.failed(error, operation.steps[place], record.id)
            }
            record.operation = operation
            try store.write(&record)
        }
    }

    /// Closes the operation: it is done.
    func finish(_ record: inout DeploymentRecord, message: String) throws(MegaraptorError) {
        guard let operation = record.operation else { return }
        record.phase = operation.finalPhase
        record.close("done", message)
        try store.write(&record)
    }

    private func perform(
        _ place: Int,
        of operation: OperationRecord,
        _ record: DeploymentRecord
    ) async throws(MegaraptorError) -> StepOutcome {
        try await deployer.step(
            operation,
            operation.steps[place].id,
            record.request,
            progress: ProviderCall.ProgressPart(
                Double(place),
                to: Double(place + 1),
                of: Double(operation.steps.count)
            )
        )
    }

    private static func stopped(before step: OperationRecord.Step) -> MegaraptorError {
        MegaraptorError(
            .cancelled,
            "The operation was stopped before \"\(step.title)\"; what was done until then stays.",
            hint: "recover_deployment goes on from there, destroy_deployment takes it away."
        )
    }

    private static func failed(
        _ error: MegaraptorError,
        _ step: OperationRecord.Step,
        _ id: String
    ) -> MegaraptorError {
        var failure = error
        failure.message = "\(step.title): \(error.message)"
        let next =
            "recover_deployment(\(id)) goes on from here once the cause is gone; destroy_deployment takes away what was made."
        failure.hint = [error.hint, next].filter { !$0.isEmpty }.joined(separator: " ")
        // Steps that were done are not undone, so nothing may repeat the whole by itself.
        failure.retryable = false
        failure.details["deployment_id"] = .string(id)
        failure.details["step"] = .string(step.id)
        return failure
    }
}

extension DeploymentRecord {
    private static let keptHistory = 50

    /// Moves the operation into the history.
    mutating func close(_ outcome: String, _ message: String) {
        guard let operation else { return }
        history.append(
            OperationSummary(
                kind: operation.kind,
                started: operation.started,
                ended: Moment.now.text,
                outcome: outcome,
                message: message
            )
        )
        if history.count > Self.keptHistory { history.removeFirst(history.count - Self.keptHistory) }
        self.operation = nil
    }
}
