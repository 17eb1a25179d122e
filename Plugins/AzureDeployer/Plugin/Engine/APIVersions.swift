// SPDX-License-Identifier: Apache-2.0

/// The versions in which Resource Manager's parts are spoken to.
enum APIVersions {
    static let subscriptions = "2022-12-01"
    static let resources = "2022-09-01"
    static let machines = "2024-07-01"
    static let recovery = "2024-04-01"
    static let dns = "2018-05-01"
    static let vaults = "2023-07-01"
    static let network = "2024-05-01"

    /// Of each type that a deployment makes.
    private static let types: [String: String] = [
        "microsoft.compute/virtualmachines": machines,
        "microsoft.compute/virtualmachines/extensions": machines,
        "microsoft.compute/disks": "2024-03-02",
        "microsoft.keyvault/vaults": vaults,
        "microsoft.keyvault/vaults/secrets": vaults,
        "microsoft.recoveryservices/vaults": recovery,
        "microsoft.operationalinsights/workspaces": "2023-09-01",
        "microsoft.insights/datacollectionrules": "2023-03-11",
        "microsoft.insights/datacollectionruleassociations": "2023-03-11",
        "microsoft.authorization/roleassignments": "2022-04-01",
    ]

    /// `nil` for a type that no deployment of this product makes.
    static func of(_ type: String) -> String? {
        let type = type.lowercased()
        return types[type] ?? (type.hasPrefix("microsoft.network/") && !type.contains("dnszones") ? network : nil)
    }
}
