// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Does one step of a removal. What is gone already is no fault.
struct Remover: Sendable {
    let task: AzureTask
    let context: CallContext

    func run(_ step: DeploymentPlan.Step, of plan: RemovalPlan) async throws(MegaraptorError) -> StepOutcome {
        let inventory = try await task.inventory()
        switch try RemovalStep(step) {
        case .cancel: try await cancel(inventory)
        case .record(let address): try await removeRecord(address)
        case .backups(let isDeleting): try await endBackups(inventory, isDeleting)
        case .resource(let id): try await remove(id, inventory, plan)
        case .group: try await removeGroup(inventory)
        case .verify: return try await verified(inventory, plan)
        }
        return try await task.inventory().outcome("Done: \(step.title).")
    }

    /// What Azure has begun to make is made to its end: only what has not begun is left out.
    private func cancel(_ inventory: Inventory) async throws(MegaraptorError) {
        guard inventory.deployment?.isActive == true else { return }
        let request = ARMRequest("POST", task.deploymentPath + "/cancel", APIVersions.resources)
        do throws(MegaraptorError) {
            _ = try await task.client.send(request)
        } catch {
            // It may have ended by itself in the meantime; then there is nothing to cancel.
            guard error.code == .conflict else { throw error }
        }
        let end = ContinuousClock.now + task.waitLimit
        var pause = Pause(upTo: task.interval)
        while try await task.inventory().deployment?.isActive == true {
            guard ContinuousClock.now < end else {
                throw MegaraptorError(.deadlineExceeded, "Azure has not ended the deployment after it was canceled.")
            }
            try await pause.take("Azure goes on canceling the deployment.")
        }
    }

    private func removeRecord(_ address: String) async throws(MegaraptorError) {
        guard let record = NameRecord(task), try await record.addresses() == [address] else { return }
        try await record.delete()
    }

    private func endBackups(_ inventory: Inventory, _ isDeleting: Bool) async throws(MegaraptorError) {
        guard let vault = try await BackupVault(inventory) else { return }
        if isDeleting { try await vault.delete() } else { try await vault.stop() }
        let left = try await BackupVault(inventory)?.live ?? []
        guard isDeleting ? left.isEmpty : !left.contains(where: \.isProtecting) else {
            throw MegaraptorError(.failedPrecondition, "Azure still backs the machine up.", hint: "Do the step again.")
        }
    }

    private func remove(_ id: String, _ inventory: Inventory, _ plan: RemovalPlan) async throws(MegaraptorError) {
        let (type, name) = AzureResourceID.parts(id)
        guard let version = APIVersions.of(type) else {
            throw MegaraptorError(.unsupported, "How \(type) is removed is not known.", hint: "Remove it by hand.")
        }
        // A list may lack what is there, so what it lacks is asked for.
        if !inventory.ours.contains(where: { $0.id.lowercased() == id.lowercased() }) {
            guard let found = try await task.client.find(id, version) else { return }
            // Rights carry no labels: the plan has them from the deployment's own records.
            let isRight = type.lowercased() == "microsoft.authorization/roleassignments"
            guard isRight || task.names.carry(found["tags"]) else {
                throw MegaraptorError(
                    .conflict,
                    "\(type) \(name) does not carry this deployment's labels any more, so it stays.",
                    hint: "Plan the removal again."
                )
            }
        }
        let operation = try await task.client.begin("DELETE", id, version)
        try await task.client.wait(for: operation, limit: task.waitLimit, interval: task.interval)
        guard try await task.client.find(id, version) == nil else {
            throw MegaraptorError(.failedPrecondition, "Azure still has \(type) \(name).", hint: "Do the step again.")
        }
    }

    private func removeGroup(_ inventory: Inventory) async throws(MegaraptorError) {
        guard inventory.group != nil else { return }
        guard inventory.foreign.isEmpty else {
            let others = inventory.foreign.map { "\($0.type) \($0.name)" }.joined(separator: ", ")
            throw MegaraptorError(
                .conflict,
                "Somebody else has put \(others) into the resource group, so it stays.",
                hint: "Plan the removal again."
            )
        }
        let operation = try await task.client.begin("DELETE", task.groupPath, APIVersions.resources)
        try await task.client.wait(for: operation, limit: task.waitLimit, interval: task.interval)
        guard try await task.client.find(task.groupPath, APIVersions.resources) == nil else {
            throw MegaraptorError(.failedPrecondition, "Azure still has the group.", hint: "Do the step again.")
        }
    }

    /// Asks for each thing by itself: lists lag behind, and still have what has gone, or do not have what is there.
    private func verified(_ inventory: Inventory, _ plan: RemovalPlan) async throws(MegaraptorError) -> StepOutcome {
        let kept = Set(plan.keeps.map { $0.id.lowercased() })
        var left: [String] = []
        for id in Set(plan.removes.map(\.id) + inventory.ours.map(\.id) + (try await labelled())).sorted()
        where !kept.contains(id.lowercased()) {
            if try await isThere(id) { left.append(id) }
        }
        guard left.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "Azure still has \(left.joined(separator: ", ")).",
                hint: "Plan the removal again."
            )
        }
        let words = plan.keeps.isEmpty ? "Nothing is left." : "Only what was to be kept is left."
        return inventory.outcome(words)
    }

    /// - Throws: `failed_precondition` for a type that nobody here knows how to ask for.
    private func isThere(_ id: String) async throws(MegaraptorError) -> Bool {
        let isGroup = id.split(separator: "/").count == 4
        guard let version = isGroup ? APIVersions.resources : APIVersions.of(AzureResourceID.parts(id).type) else {
            throw MegaraptorError(
                .failedPrecondition,
                "Whether Azure still has \(id) is not known: it carries this deployment's labels.",
                hint: "Look for it with \"az resource show --ids \(id)\"."
            )
        }
        return try await task.client.find(id, version) != nil
    }

    /// What carries the labels in the whole subscription: something may be outside of the group.
    private func labelled() async throws(MegaraptorError) -> [String] {
        var ids: [String] = []
        for (name, value) in task.names.tags.prefix(1) {
            let text = (value.stringValue ?? "").split(separator: "'", omittingEmptySubsequences: false)
            let filter = "tagName eq '\(name)' and tagValue eq '\(text.joined(separator: "''"))'"
            let list = try await task.client.list(
                task.connection.subscriptionPath + "/resources",
                APIVersions.resources,
                query: [("$filter", filter)]
            )
            ids += list.filter { task.names.carry($0["tags"]) }.compactMap { $0["id"]?.stringValue }
        }
        return ids
    }
}
