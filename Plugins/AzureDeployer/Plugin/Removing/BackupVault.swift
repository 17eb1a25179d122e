// SPDX-License-Identifier: Apache-2.0

import AzureClient
import JSONValue
import MegaraptorErrors

/// The Recovery Services vault of a deployment, and what it protects.
struct BackupVault: Sendable {
    /// A machine's backups.
    struct Item: Sendable, Hashable {
        let id: String
        let source: String
        /// Whether backups go on.
        let isProtecting: Bool
        /// Whether it is deleted already, and only kept for a while.
        let isDeletedSoftly: Bool
    }

    let task: AzureTask
    let id: String
    let items: [Item]
    /// Whether the vault keeps what is deleted for a while, and cannot go before that is over.
    let keepsDeleted: Bool

    /// `nil` where the deployment has none.
    init?(_ inventory: Inventory) async throws(MegaraptorError) {
        guard let vault = inventory.item("Microsoft.RecoveryServices/vaults") else { return nil }
        task = inventory.task
        id = vault.id
        let list = try await task.client.list(
            vault.id + "/backupProtectedItems",
            APIVersions.recovery,
            query: [("$filter", "backupManagementType eq 'AzureIaasVM'")]
        )
        items = list.compactMap { item in
            guard let id = item["id"]?.stringValue, let properties = item["properties"] else { return nil }
            return Item(
                id: id,
                source: properties["sourceResourceId"]?.stringValue ?? "",
                isProtecting: properties["protectionState"]?.stringValue != "ProtectionStopped",
                isDeletedSoftly: properties["isScheduledForDeferredDelete"] == true
            )
        }
        let config = try await task.client.find(vault.id + "/backupconfig/vaultconfig", APIVersions.recovery)
        // Unless it says that it does not, it keeps: that is what Azure does by itself.
        keepsDeleted = config?["properties"]?["softDeleteFeatureState"]?.stringValue != "Disabled"
    }

    var live: [Item] { items.filter { !$0.isDeletedSoftly } }
    /// Whether the vault can be deleted once its backups are.
    var canGo: Bool { items.isEmpty || (!keepsDeleted && !items.contains(where: \.isDeletedSoftly)) }

    /// Ends the backups and keeps those that were made.
    func stop() async throws(MegaraptorError) {
        for item in live where item.isProtecting {
            let body: JSONValue = [
                "properties": [
                    "protectedItemType": "Microsoft.Compute/virtualMachines", "sourceResourceId": .string(item.source),
                    "protectionState": "ProtectionStopped",
                ]
            ]
            let operation = try await task.client.begin("PUT", item.id, APIVersions.recovery, body: body)
            try await task.client.wait(for: operation, limit: task.waitLimit, interval: task.interval)
        }
    }

    /// Ends the backups and deletes those that were made.
    func delete() async throws(MegaraptorError) {
        for item in live {
            let operation = try await task.client.begin("DELETE", item.id, APIVersions.recovery)
            try await task.client.wait(for: operation, limit: task.waitLimit, interval: task.interval)
        }
    }
}
