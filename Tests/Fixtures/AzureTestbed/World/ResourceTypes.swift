// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The types that this endpoint knows, with the api-versions that Azure publishes for them.
enum ResourceTypes {
    private static let network = [
        "2023-04-01", "2023-05-01", "2023-06-01", "2023-09-01", "2023-11-01", "2024-01-01", "2024-03-01", "2024-05-01",
    ]
    private static let machines = ["2023-03-01", "2023-07-01", "2023-09-01", "2024-03-01", "2024-07-01", "2024-11-01"]
    private static let vaults = ["2022-07-01", "2023-02-01", "2023-07-01", "2024-11-01"]
    private static let recovery = [
        "2023-01-01", "2023-02-01", "2023-04-01", "2023-06-01", "2023-08-01", "2024-01-01", "2024-02-01", "2024-04-01",
        "2024-10-01",
    ]
    static let resources = ["2021-04-01", "2022-09-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01"]

    private static let versions: [String: [String]] = [
        "microsoft.network/virtualnetworks": network,
        "microsoft.network/virtualnetworks/subnets": network,
        "microsoft.network/networksecuritygroups": network,
        "microsoft.network/networksecuritygroups/securityrules": network,
        "microsoft.network/publicipaddresses": network,
        "microsoft.network/networkinterfaces": network,
        "microsoft.network/bastionhosts": network,
        "microsoft.network/natgateways": network,
        "microsoft.network/dnszones": ["2018-05-01", "2023-07-01-preview"],
        "microsoft.network/dnszones/a": ["2018-05-01", "2023-07-01-preview"],
        "microsoft.compute/virtualmachines": machines,
        "microsoft.compute/virtualmachines/extensions": machines,
        "microsoft.compute/virtualmachines/runcommands": machines,
        "microsoft.compute/disks": ["2023-01-02", "2023-04-02", "2023-10-02", "2024-03-02"],
        "microsoft.keyvault/vaults": vaults,
        "microsoft.keyvault/vaults/secrets": vaults,
        "microsoft.keyvault/vaults/accesspolicies": vaults,
        "microsoft.managedidentity/userassignedidentities": ["2018-11-30", "2023-01-31", "2024-11-30"],
        "microsoft.authorization/roleassignments": ["2020-04-01-preview", "2022-04-01"],
        "microsoft.authorization/locks": ["2016-09-01", "2020-05-01"],
        "microsoft.recoveryservices/vaults": recovery,
        "microsoft.recoveryservices/vaults/backuppolicies": recovery,
        "microsoft.recoveryservices/vaults/backupconfig": recovery,
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems": recovery,
        "microsoft.operationalinsights/workspaces": ["2021-06-01", "2022-10-01", "2023-09-01"],
        "microsoft.operationalinsights/workspaces/tables": ["2021-12-01-preview", "2022-10-01", "2023-09-01"],
        "microsoft.insights/datacollectionrules": ["2022-06-01", "2023-03-11"],
        "microsoft.insights/datacollectionendpoints": ["2022-06-01", "2023-03-11"],
        "microsoft.insights/datacollectionruleassociations": ["2022-06-01", "2023-03-11"],
        "microsoft.maintenance/maintenanceconfigurations": ["2023-04-01"],
        "microsoft.storage/storageaccounts": ["2023-01-01", "2023-05-01", "2024-01-01"],
        "microsoft.resources/deployments": resources,
    ]

    /// For templates.
    static func check(_ type: String, _ version: String) throws(ARMFailure) {
        guard let known = versions[type.lowercased()] else {
            throw .invalidTemplate("The resource type '\(type)' is not known")
        }
        guard known.contains(version) else {
            throw ARMFailure(
                400,
                "NoRegisteredProviderFound",
                "No registered resource provider found for API version '\(version)' for type '\(type)'. The supported"
                    + " api-versions are '\(known.joined(separator: ", "))'."
            )
        }
    }

    /// Whether a type is of parts that Azure lists with no group, even where they have a location.
    static func isProxy(_ type: String) -> Bool {
        let type = type.lowercased()
        return type.hasPrefix("microsoft.recoveryservices/vaults/") || type.hasPrefix("microsoft.keyvault/vaults/")
            || type.hasPrefix("microsoft.authorization/")
    }

    /// Whether an id is that of a part that lies in another resource.
    static func isPart(_ id: String) -> Bool {
        [
            "/subnets/", "/ipconfigurations/", "/frontendipconfigurations/", "/roledefinitions/",
            "/backupfabrics/azure/protectioncontainers/", "/securityrules/",
        ].contains(where: id.contains)
    }
}
