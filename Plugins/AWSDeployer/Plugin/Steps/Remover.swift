// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Takes a deployment away: only what carries its tag.
struct Remover: Sendable {
    let task: AWSTask
    let context: CallContext

    func plan(data: Bool) async throws(MegaraptorError) -> RemovalPlan {
        let inventory = try await task.inventory()
        let resources = inventory.resources
        let keeps = resources.filter { $0.holdsData == true && !data }
        let removes = resources.filter { resource in !keeps.contains(resource) }
        var steps: [DeploymentPlan.Step] = []
        func add(_ id: StepID, _ title: String) { steps.append(DeploymentPlan.Step(id.rawValue, title)) }
        if inventory.stack != nil {
            add(.deleteStack, "Delete the stack \(task.stackName)")
            add(.waitDeleted, "Wait until the stack has gone")
        }
        for (id, kind, words) in [
            (StepID.deleteVolumes, Kind.volume, "volumes"), (.deleteSnapshots, Kind.snapshot, "snapshots"),
            (.deleteLogs, Kind.logGroup, "log group"), (.deleteSecret, Kind.secret, "secret"),
        ] {
            let names = removes.filter { $0.kind == kind }.map(\.id)
            if !names.isEmpty { add(id, "Delete the \(words) \(names.joined(separator: ", "))") }
        }
        add(.verify, "Look that nothing is left")
        return RemovalPlan(steps: steps, removes: removes, keeps: keeps, warnings: warnings(inventory, removes, data))
    }

    private func warnings(_ inventory: Inventory, _ removes: [DeployedResource], _ data: Bool) -> [String] {
        var warnings = inventory.foreign.map { "The \($0) does not carry this deployment's tags and stays." }
        if data, removes.contains(where: { $0.holdsData == true }) {
            warnings.append("The evidence goes too, with all snapshots: it cannot be brought back.")
        }
        if removes.contains(where: { $0.kind == Kind.secret }) {
            let days = ConfigurationSecret.recoveryDays
            warnings.append(
                "Secrets Manager keeps the secret for \(days) days, in which its deletion can be taken back."
            )
        }
        if task.options.dnsZone != nil {
            warnings.append("A DNS record that the server made itself stays: look for \(task.deployment.hostname).")
        }
        if inventory.stack != nil {
            warnings.append("The public address goes back to AWS: agents that still run try to reach it in vain.")
        }
        return warnings
    }

    func run(_ step: DeploymentPlan.Step, of plan: RemovalPlan) async throws(MegaraptorError) -> StepOutcome {
        let inventory = try await task.inventory()
        switch try StepID(step, of: "aws") {
        case .deleteStack:
            if let stack = inventory.stack, !stack.status.isDeleting { try await task.stacks.delete(stack.id) }
        case .waitDeleted: try await waitUntilGone(inventory)
        case .deleteVolumes:
            for volume in inventory.volumes where plan.takes(Kind.volume, volume.id) {
                try await task.machines.deleteVolume(volume.id)
            }
        case .deleteSnapshots:
            // Those too that were made since the plan: they hold the same evidence.
            for snapshot in inventory.snapshots { try await task.machines.deleteSnapshot(snapshot.id) }
        case .deleteLogs: for group in inventory.logGroups { try await task.logGroups.delete(group) }
        case .deleteSecret: if inventory.secret?.isLeaving == false { try await task.secret.delete() }
        case .verify: return try verified(inventory, plan)
        default: throw MegaraptorError(.invalidArgument, "The step \"\(step.id)\" belongs to no removal.")
        }
        let left = try await task.inventory()
        return StepOutcome(state: try left.state.json(), resources: left.resources, message: "Done: \(step.title).")
    }

    private func waitUntilGone(_ inventory: Inventory) async throws(MegaraptorError) {
        guard let stack = inventory.stack else { return }
        let waiter = StackWaiter(task: task, context: context)
        guard let settled = try await waiter.settle(stack), !settled.status.isDeleted else { return }
        throw await waiter.failure(stack.id, "The stack could not be deleted")
    }

    private func verified(_ inventory: Inventory, _ plan: RemovalPlan) throws(MegaraptorError) -> StepOutcome {
        let kept = Set(plan.keeps.map(\.id))
        let left = inventory.resources.filter { !kept.contains($0.id) }.map { "\($0.kind) \($0.id)" }
        let machines = inventory.machines.map { "\(Kind.machine) \($0.id)" }
        guard left.isEmpty, machines.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "AWS still has \((left + machines).joined(separator: ", ")).",
                hint: "Plan the removal again."
            )
        }
        let missing = kept.subtracting(inventory.resources.map(\.id)).sorted()
        guard missing.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "What was to be kept is not there any more: \(missing.joined(separator: ", ")).",
                hint: "Look in the account's CloudTrail who removed it."
            )
        }
        var words = plan.keeps.isEmpty ? "Nothing is left" : "Only what was to be kept is left"
        if let secret = inventory.secret, secret.isLeaving {
            let moment =
                secret.leavesAt.map(ISO8601.string(unixSeconds:))
                ?? "the end of its \(ConfigurationSecret.recoveryDays) days"
            words +=
                " but for the secret \(task.secret.name): Secrets Manager keeps the configuration until \(moment), and its"
                + " deletion can be taken back until then"
        }
        words += "."
        return StepOutcome(state: try inventory.state.json(), resources: inventory.resources, message: words)
    }
}

extension RemovalPlan {
    fileprivate func takes(_ kind: String, _ id: String) -> Bool {
        removes.contains { $0.kind == kind && $0.id == id }
    }
}
