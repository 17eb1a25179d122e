// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Where Azure has something else than the latest deployment made.
struct Drift: Sendable {
    let inventory: Inventory
    let view: MachineView?

    init(_ inventory: Inventory, _ view: MachineView?) {
        self.inventory = inventory
        self.view = view
    }

    private var task: AzureTask { inventory.task }

    /// The template of the latest deployment; `nil` where the inputs or this product have changed since, so that nobody
    /// knows it any more. The configuration does not count: it is not looked at.
    private func deployed(_ record: DeploymentRecord) throws(MegaraptorError) -> DeploymentTemplate? {
        guard let program = Program(record) else { return nil }
        let template = try task.template(program)
        let version = record.parameter("configurationVersion") ?? ""
        return try DeploymentContent.digest(template, version) == record.content ? template : nil
    }

    /// What could not be compared.
    func check() throws(MegaraptorError) -> DeploymentCheck? {
        guard let record = inventory.deployment, record.hasSucceeded, try deployed(record) == nil else { return nil }
        return DeploymentCheck(
            "firewall",
            .unknown,
            "The inputs are others than those of the latest deployment, so the firewall's rules were not compared. An"
                + " update brings them."
        )
    }

    /// One sentence each; empty where all is as planned.
    func sentences() async throws(MegaraptorError) -> [String] {
        guard let record = inventory.deployment, record.hasSucceeded else { return [] }
        var sentences = missing(record) + strangers
        if let template = try deployed(record) { sentences += try await firewall(template) }
        sentences += try await machine(record)
        sentences += try await disk(record)
        if let view, view.power != "running" { sentences.append("The machine is \(view.power) instead of running.") }
        return sentences
    }

    /// What the deployment made and is not in the group any more, or has lost its labels.
    private func missing(_ record: DeploymentRecord) -> [String] {
        let present = Set(inventory.items.map { $0.id.lowercased() })
        let labelled = Set(inventory.ours.map { $0.id.lowercased() })
        return record.madeIDs.compactMap { id in
            let (type, name) = AzureResourceID.parts(id)
            // Only resources with a place of their own are listed in a group.
            guard Self.listed.contains(type.lowercased()) else { return nil }
            if !present.contains(id.lowercased()) { return "\(type) \(name) is missing." }
            return labelled.contains(id.lowercased()) ? nil : "\(type) \(name) has lost the deployment's labels."
        }
    }

    private static let listed: Set<String> = [
        "microsoft.compute/virtualmachines", "microsoft.compute/disks", "microsoft.network/virtualnetworks",
        "microsoft.network/networksecuritygroups", "microsoft.network/networkinterfaces",
        "microsoft.network/publicipaddresses", "microsoft.network/natgateways", "microsoft.network/bastionhosts",
        "microsoft.keyvault/vaults", "microsoft.recoveryservices/vaults", "microsoft.operationalinsights/workspaces",
        "microsoft.insights/datacollectionrules", "microsoft.compute/virtualmachines/extensions",
    ]

    private var strangers: [String] {
        let made = Set((inventory.deployment?.madeIDs ?? []).map { $0.lowercased() })
        return inventory.foreign.filter { !made.contains($0.id.lowercased()) }
            .map { "\($0.type) \($0.name) is in the group, and this deployment did not make it." }
    }

    // MARK: - Who may reach it

    private func firewall(_ template: DeploymentTemplate) async throws(MegaraptorError) -> [String] {
        let type = "Microsoft.Network/networkSecurityGroups"
        guard let item = inventory.item(type), let found = try await task.client.find(item.id, APIVersions.network)
        else { return [] }
        let wanted = template.firewall.json["properties"]?["securityRules"]?.arrayValue ?? []
        let present = found["properties"]?["securityRules"]?.arrayValue ?? []
        func named(_ rules: [JSONValue], _ name: String?) -> JSONValue? {
            rules.first { $0["name"]?.stringValue == name }
        }
        var sentences: [String] = []
        for rule in wanted {
            let name = rule["name"]?.stringValue ?? ""
            guard let other = named(present, name) else {
                sentences.append("The firewall's rule \(name) is missing.")
                continue
            }
            for (key, value) in rule["properties"]?.objectValue ?? [:] where key != "description" {
                let now = other["properties"]?[key]
                guard !Self.isSame(now, value) else { continue }
                let text = now?.json() ?? "nothing"
                sentences.append("The firewall's rule \(name) has \(key) \(text) instead of \(value.json()).")
            }
        }
        for rule in present where named(wanted, rule["name"]?.stringValue) == nil {
            let name = rule["name"]?.stringValue ?? ""
            let access = rule["properties"]?["access"]?.stringValue ?? ""
            sentences.append("The firewall has a rule \(name) (\(access)) that nobody planned.")
        }
        return sentences
    }

    /// Azure may write words in another case, and lists in another order.
    private static func isSame(_ now: JSONValue?, _ wanted: JSONValue) -> Bool {
        if let now = now?.stringValue, let wanted = wanted.stringValue {
            return now.lowercased() == wanted.lowercased()
        }
        if let now = now?.arrayValue, let wanted = wanted.arrayValue { return words(now) == words(wanted) }
        return now == wanted
    }

    private static func words(_ list: [JSONValue]) -> Set<String> {
        Set(list.map { ($0.stringValue ?? $0.json()).lowercased() })
    }

    // MARK: - The machine and its disk

    private func machine(_ record: DeploymentRecord) async throws(MegaraptorError) -> [String] {
        guard inventory.machine != nil, let found = try await task.client.find(task.machinePath, APIVersions.machines)
        else { return [] }
        let properties = found["properties"]
        var sentences: [String] = []
        let size = properties?["hardwareProfile"]?["vmSize"]?.stringValue ?? "none"
        if let planned = record.parameter("vmSize"), size.lowercased() != planned.lowercased() {
            sentences.append("The machine has the size \(size) instead of \(planned).")
        }
        let disks = properties?["storageProfile"]?["dataDisks"]?.arrayValue ?? []
        let wanted = "/disks/\(task.names.name)-data".lowercased()
        if !disks.contains(where: { $0["managedDisk"]?["id"]?.stringValue?.lowercased().hasSuffix(wanted) == true }) {
            sentences.append("The data disk is not attached to the machine.")
        }
        return sentences
    }

    private func disk(_ record: DeploymentRecord) async throws(MegaraptorError) -> [String] {
        let type = "Microsoft.Compute/disks"
        guard let item = inventory.ours.first(where: { $0.type.lowercased() == type.lowercased() && $0.holdsData }),
            let found = try await task.client.find(item.id, APIVersions.of(type) ?? ""),
            let size = found["properties"]?["diskSizeGB"]?.integerValue,
            let planned = record.value("dataDiskSizeGB")?.integerValue, size != planned
        else { return [] }
        return ["The data disk has \(size) GB instead of \(planned)."]
    }
}
