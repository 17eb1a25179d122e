// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Finds by labels what there is of a deployment.
struct Recovery: Sendable {
    let task: AzureTask

    func look() async throws(MegaraptorError) -> RecoveredState {
        let inventory = try await task.inventory()
        guard inventory.group != nil else {
            return RecoveredState(state: nil, resources: [], done: [], message: try await nothing(inventory))
        }
        var done = [StepID.group]
        if let record = inventory.deployment, record.isActive || record.hasSucceeded {
            done.append(.deployment)
            if record.hasSucceeded, inventory.machine != nil { done.append(.wait) }
        }
        let state = inventory.deployment.map { "a deployment that is \($0.state)" } ?? "no deployment"
        return RecoveredState(
            state: inventory.state,
            resources: inventory.resources,
            done: done.map(\.rawValue),
            message:
                "Found the resource group \(task.groupName) with \(state) and \(inventory.ours.count) resources that"
                + " carry this deployment's labels."
        )
    }

    /// The group may have another name than the inputs say.
    private func nothing(_ inventory: Inventory) async throws(MegaraptorError) -> String {
        let foreign = inventory.isForeign ? " The group \(task.groupName) is somebody else's." : ""
        let groups = try await task.client.list(
            task.connection.subscriptionPath + "/resourcegroups",
            APIVersions.resources
        )
        let other = groups.first { task.names.carry($0["tags"]) }?["name"]?.stringValue
        guard let other else { return "The subscription has nothing of this deployment.\(foreign)" }
        return "The deployment is in the resource group \(other): give it as resource_group.\(foreign)"
    }
}
