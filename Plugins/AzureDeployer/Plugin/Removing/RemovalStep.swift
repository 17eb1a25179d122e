// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// The steps of removals.
enum RemovalStep: Sendable, Hashable {
    /// Ends a deployment that is still under way.
    case cancel
    /// Takes the server's name out of its zone, where it leads to this address.
    case record(address: String)
    /// Ends the backups; those that were made stay or go.
    case backups(isDeleting: Bool)
    /// Removes one resource.
    case resource(id: String)
    /// Removes the resource group with all that is in it.
    case group
    case verify

    /// - Parameter number: makes the names of the steps for resources unique.
    func step(_ title: String, number: Int = 0) -> DeploymentPlan.Step {
        switch self {
        case .cancel: DeploymentPlan.Step("cancel", title)
        case .record(let address): DeploymentPlan.Step("record", title, details: ["address": .string(address)])
        case .backups(let isDeleting): DeploymentPlan.Step("backups", title, details: ["delete": .bool(isDeleting)])
        case .resource(let id): DeploymentPlan.Step("remove-\(number)", title, details: ["id": .string(id)])
        case .group: DeploymentPlan.Step("remove-group", title)
        case .verify: DeploymentPlan.Step("verify", title)
        }
    }

    init(_ step: DeploymentPlan.Step) throws(MegaraptorError) {
        switch step.id {
        case "cancel": self = .cancel
        case "record": self = .record(address: step.details?["address"]?.stringValue ?? "")
        case "backups": self = .backups(isDeleting: step.details?["delete"] == true)
        case "remove-group": self = .group
        case "verify": self = .verify
        default:
            guard step.id.hasPrefix("remove-"), let id = step.details?["id"]?.stringValue else {
                throw MegaraptorError(.invalidArgument, "The step \"\(step.id)\" belongs to no removal.")
            }
            self = .resource(id: id)
        }
    }
}

/// In which order resources can go: what holds others before what is held.
enum RemovalOrder {
    private static let types = [
        "microsoft.compute/virtualmachines", "microsoft.network/bastionhosts", "microsoft.network/networkinterfaces",
        "microsoft.network/virtualnetworks", "microsoft.network/natgateways",
        "microsoft.network/networksecuritygroups", "microsoft.network/publicipaddresses",
        "microsoft.insights/datacollectionrules", "microsoft.compute/disks",
        "microsoft.operationalinsights/workspaces", "microsoft.keyvault/vaults", "microsoft.recoveryservices/vaults",
    ]

    static func sorted(_ items: [Inventory.Item]) -> [Inventory.Item] {
        items.sorted { left, right in
            let (first, second) = (rank(left), rank(right))
            return first == second ? left.id < right.id : first < second
        }
    }

    private static func rank(_ item: Inventory.Item) -> Int {
        types.firstIndex(of: item.type.lowercased()) ?? types.count
    }
}
