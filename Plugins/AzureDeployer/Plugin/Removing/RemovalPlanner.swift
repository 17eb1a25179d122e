// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Says what a removal would take away: only what carries the deployment's labels.
struct RemovalPlanner: Sendable {
    let task: AzureTask
    let takesData: Bool

    func plan() async throws(MegaraptorError) -> RemovalPlan {
        let inventory = try await task.inventory()
        guard inventory.group != nil else {
            let warnings =
                inventory.isForeign ? ["The resource group \(task.groupName) is somebody else's and stays."] : []
            return RemovalPlan(steps: [verify], removes: [], keeps: [], warnings: warnings)
        }
        let vault = try await BackupVault(inventory)
        let rights = try await MachineRights(inventory)
        let record = try await record(inventory)
        // The group goes with all that is in it, so only where all of it may go.
        let wholeGroup = takesData && inventory.foreign.isEmpty && (vault?.canGo ?? true)
        let (removes, keeps) = split(inventory, wholeGroup, vault)

        var steps = first(inventory, vault, record)
        // What lies in other groups does not go with this one.
        let single = rights.items.filter { !wholeGroup || !MachineRights.isInside($0, task) }
        for (index, item) in (single + (wholeGroup ? [] : RemovalOrder.sorted(removes))).enumerated() {
            let title = "Remove \(item.type) \(item.name)"
            steps.append(RemovalStep.resource(id: item.id).step(title, number: index + 1))
        }
        if wholeGroup {
            steps.append(RemovalStep.group.step("Remove the resource group \(task.groupName) with all that is in it"))
        }
        steps.append(verify)
        let group = inventory.resources.filter { $0.kind == "Microsoft.Resources/resourceGroups" }
        return RemovalPlan(
            steps: steps,
            removes: (wholeGroup ? group : []) + (rights.items + removes).map(\.resource),
            keeps: (wholeGroup ? [] : group) + keeps.map(\.resource),
            warnings: warnings(inventory, vault, record) + elsewhere(inventory, rights, vault)
        )
    }

    /// What comes before anything is removed.
    private func first(_ inventory: Inventory, _ vault: BackupVault?, _ record: Record) -> [DeploymentPlan.Step] {
        var steps: [DeploymentPlan.Step] = []
        if inventory.deployment?.isActive == true {
            steps.append(RemovalStep.cancel.step("Cancel the deployment that is still under way"))
        }
        if case .found(let address) = record {
            let title = "Take \(task.deployment.hostname) out of its DNS zone"
            steps.append(RemovalStep.record(address: address).step(title))
        }
        if vault?.live.isEmpty == false {
            let title =
                takesData ? "Stop the backups and delete them" : "Stop the backups and keep those that were made"
            steps.append(RemovalStep.backups(isDeleting: takesData).step(title))
        }
        return steps
    }

    private var verify: DeploymentPlan.Step { RemovalStep.verify.step("Look that nothing else is left") }

    private func split(
        _ inventory: Inventory,
        _ wholeGroup: Bool,
        _ vault: BackupVault?
    ) -> (removes: [Inventory.Item], keeps: [Inventory.Item]) {
        var (removes, keeps): ([Inventory.Item], [Inventory.Item]) = ([], [])
        for item in inventory.ours {
            // These go with their machine.
            if !wholeGroup, item.isPart || item.isSystemDisk, inventory.machine != nil { continue }
            let isHeld = item.id == vault?.id && vault?.canGo == false
            if isHeld || (item.holdsData && !takesData) { keeps.append(item) } else { removes.append(item) }
        }
        return (removes, keeps)
    }

    /// What stays outside of the deployment's own group.
    private func elsewhere(_ inventory: Inventory, _ rights: MachineRights, _ vault: BackupVault?) -> [String] {
        var warnings = rights.records.map {
            "The record \($0) of a deployment stays in its group: it is history alone."
        }
        if vault != nil, let region = inventory.group?["location"]?.stringValue {
            warnings.append(
                "Azure Backup keeps snapshots in a group of its own, such as AzureBackupRG_\(region)_1, which all machines of"
                    + " the region share. It stays; its snapshots go with their backups."
            )
        }
        return warnings
    }

    // MARK: - The name

    private enum Record: Sendable {
        case none
        case found(address: String)
        case elsewhere([String])
    }

    private func record(_ inventory: Inventory) async throws(MegaraptorError) -> Record {
        guard let record = NameRecord(task), let addresses = try await record.addresses() else { return .none }
        let own = inventory.deployment?.outputs["serverAddress"]?.stringValue
        return addresses == [own].compactMap(\.self) ? .found(address: addresses[0]) : .elsewhere(addresses)
    }

    private func warnings(_ inventory: Inventory, _ vault: BackupVault?, _ record: Record) -> [String] {
        var warnings = inventory.foreign.map {
            "\($0.type) \($0.name) in the group does not carry this deployment's labels and stays."
        }
        if case .elsewhere(let addresses) = record {
            warnings.append(
                "\(task.deployment.hostname) leads to \(addresses.joined(separator: ", ")), which is not this server's"
                    + " address, and stays in its DNS zone."
            )
        }
        guard takesData else { return warnings }
        if inventory.ours.contains(where: \.holdsData) {
            warnings.append("The data disk goes too: all that was collected is lost.")
        }
        if inventory.item("Microsoft.KeyVault/vaults") != nil {
            warnings.append(
                "Azure keeps the deleted Key Vault, with the configuration and its keys, for 30 days, and its name stays"
                    + " taken; purge protection lets nobody shorten that."
            )
        }
        if vault?.canGo == false {
            warnings.append(
                "The Recovery Services vault keeps deleted backups for 14 days or longer, so it and the resource group"
                    + " stay. Destroy the deployment again after that."
            )
        }
        if inventory.item("Microsoft.OperationalInsights/workspaces") != nil {
            warnings.append("Azure keeps the deleted log workspace for 14 days.")
        }
        return warnings
    }
}
