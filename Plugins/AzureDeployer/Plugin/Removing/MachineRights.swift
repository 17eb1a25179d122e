// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import JSONValue
import MegaraptorErrors

/// What the machine may read: role assignments, which carry no labels. That a deployment of ours made them says its
/// record.
struct MachineRights: Sendable {
    /// Those that are there.
    let items: [Inventory.Item]
    /// The records of deployments in other groups, which stay there.
    let records: [String]

    init(_ inventory: Inventory) async throws(MegaraptorError) {
        let task = inventory.task
        var made = inventory.deployment?.madeIDs ?? []
        var records: [String] = []
        for path in Self.records(task) {
            guard let found = try await task.client.find(path, APIVersions.resources) else { continue }
            made += DeploymentRecord(json: found).madeIDs
            if !path.lowercased().hasPrefix(task.groupPath.lowercased() + "/") { records.append(path) }
        }
        var items: [Inventory.Item] = []
        for id in Set(made).sorted() {
            let (type, name) = AzureResourceID.parts(id)
            guard type.lowercased() == "microsoft.authorization/roleassignments",
                try await task.client.find(id, APIVersions.of(type) ?? "") != nil
            else { continue }
            items.append(Inventory.Item(id: id, type: type, name: name, isOurs: true))
        }
        (self.items, self.records) = (items, records)
    }

    /// Where the deployments within the deployment are, as far as the options say.
    private static func records(_ task: AzureTask) -> [String] {
        func path(_ group: String, _ what: String) -> String {
            "\(group)/providers/Microsoft.Resources/deployments/\(task.names.name)-\(what)"
        }
        let options = task.options.common
        let elsewhere = [("certificate", options.certificate), ("record", options.dnsZone)]
        return [path(task.groupPath, "secret")]
            + elsewhere.compactMap { what, id in id.map { path(AzureResourceID.group(of: $0), what) } }
    }

    /// Whether something lies in the deployment's own group, and goes with it.
    static func isInside(_ item: Inventory.Item, _ task: AzureTask) -> Bool {
        item.id.lowercased().hasPrefix(task.groupPath.lowercased() + "/")
    }
}
