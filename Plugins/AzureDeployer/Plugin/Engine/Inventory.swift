// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors

/// What Azure has of a deployment now.
struct Inventory: Sendable {
    /// A resource in the group.
    struct Item: Sendable, Hashable {
        let id: String
        let type: String
        let name: String
        /// Whether it carries the deployment's labels, or is a part of what does.
        let isOurs: Bool
        /// Whether it lies in one of our machines and goes with it. Azure's own services put such parts there, and give
        /// them no labels.
        var isPart = false

        /// Whether it holds evidence, keys, backups or logs. In doubt a disk does: only that of the system does not.
        var holdsData: Bool {
            switch type.lowercased() {
            case "microsoft.keyvault/vaults", "microsoft.recoveryservices/vaults",
                "microsoft.operationalinsights/workspaces":
                true
            case "microsoft.compute/disks": !isSystemDisk
            default: false
            }
        }

        var isSystemDisk: Bool { type.lowercased() == "microsoft.compute/disks" && name.hasSuffix("-system") }

        var resource: DeployedResource {
            DeployedResource(kind: type, id: id, name: name, exists: true, holdsData: holdsData)
        }
    }

    let task: AzureTask
    /// `nil` where there is none, or it is somebody else's.
    private(set) var group: JSONValue?
    /// Whether somebody else has a group of that name.
    private(set) var isForeign = false
    private(set) var deployment: DeploymentRecord?
    private(set) var items: [Item] = []

    init(_ task: AzureTask) async throws(MegaraptorError) {
        self.task = task
        guard let found = try await task.client.find(task.groupPath, APIVersions.resources) else { return }
        guard task.names.carry(found["tags"]) else {
            isForeign = true
            return
        }
        group = found
        let list = try await task.client.list(task.groupPath + "/resources", APIVersions.resources)
        items = list.compactMap { resource in
            guard let id = resource["id"]?.stringValue, let type = resource["type"]?.stringValue else { return nil }
            let name = resource["name"]?.stringValue ?? id
            return Item(id: id, type: type, name: name, isOurs: task.names.carry(resource["tags"]))
        }
        let machines = items.filter { $0.isOurs && $0.type.lowercased() == "microsoft.compute/virtualmachines" }
            .map { $0.id.lowercased() + "/" }
        items = items.map { item in
            guard machines.contains(where: item.id.lowercased().hasPrefix) else { return item }
            return Item(id: item.id, type: item.type, name: item.name, isOurs: true, isPart: true)
        }
        deployment = try await task.client.find(task.deploymentPath, APIVersions.resources).map(DeploymentRecord.init)
    }

    var ours: [Item] { items.filter(\.isOurs) }
    var foreign: [Item] { items.filter { !$0.isOurs } }

    func item(_ type: String) -> Item? { ours.first { $0.type.lowercased() == type.lowercased() } }
    var machine: Item? { item("Microsoft.Compute/virtualMachines") }

    /// - Throws: `conflict` where somebody else has the group.
    func requireOwn() throws(MegaraptorError) {
        guard isForeign else { return }
        throw MegaraptorError(
            .conflict,
            "The subscription has a resource group \(task.groupName) that this deployment did not make. It stays"
                + " untouched.",
            hint: "Give another resource_group: each server has a group of its own."
        )
    }

    /// The deployment that is to be changed.
    func requireDeployment() throws(MegaraptorError) -> DeploymentRecord {
        if let deployment { return deployment }
        throw MegaraptorError(
            .failedPrecondition,
            "Azure has no deployment \(task.names.name) in the resource group \(task.groupName).",
            hint: "Plan create, or give the subscription and the group that have it."
        )
    }

    // MARK: - For the core

    /// Nothing that is not in Azure too: it only says where to look.
    var state: JSONValue {
        guard let group else { return .null }
        var state: JSONObject = [
            "format": 1, "cloud": .string(task.client.cloud.name),
            "subscription": .string(task.connection.subscription),
            "resource_group": .string(task.groupName),
        ]
        state["region"] = group["location"]
        if let deployment {
            state["deployment"] = .string(deployment.id)
            state["deployment_state"] = .string(deployment.state)
            state["correlation_id"] = .string(deployment.correlation)
            if let version = deployment.parameter("configurationVersion") {
                state["configuration_version"] = .string(version)
            }
            if let program = Program(deployment) { state["program"] = program.json }
            state["former_program"] = deployment.formerProgram?.json ?? task.request.state?["former_program"]
            if deployment.hasSucceeded { state["outputs"] = .object(deployment.outputs) }
        }
        return .object(state)
    }

    /// From the deployment's tags; where they cannot hold it, from the state.
    var formerProgram: Program? {
        get throws(MegaraptorError) {
            if let former = deployment?.formerProgram { return former }
            guard let kept = task.request.state?["former_program"] else { return nil }
            do {
                return try JSONValueDecoder().decode(Program.self, from: kept)
            } catch {
                throw MegaraptorError(
                    .failedPrecondition,
                    "What the state says of the former program cannot be read: \(error).",
                    hint: "Plan an upgrade to the version that is wanted."
                )
            }
        }
    }

    var resources: [DeployedResource] {
        guard let id = group?["id"]?.stringValue else { return [] }
        let whole = DeployedResource(
            kind: "Microsoft.Resources/resourceGroups",
            id: id,
            name: task.groupName,
            exists: true,
            holdsData: ours.contains(where: \.holdsData)
        )
        return [whole] + ours.map(\.resource)
    }

    func outcome(_ message: String) -> StepOutcome {
        StepOutcome(state: state, resources: resources, message: message)
    }
}
