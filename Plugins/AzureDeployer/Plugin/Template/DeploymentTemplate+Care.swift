// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension DeploymentTemplate {
    private var workspaceID: String { "resourceId('Microsoft.OperationalInsights/workspaces', '\(name)')" }
    private var collectionID: String { "resourceId('Microsoft.Insights/dataCollectionRules', '\(name)')" }

    /// Days that the workspace takes: 30 are the least.
    private var logDays: Int { min(730, max(30, deployment.limits.logRetentionDays)) }

    var logging: [TemplateResource] { [workspace, collection, association] }

    private var workspace: TemplateResource {
        TemplateResource(
            "Microsoft.OperationalInsights/workspaces",
            "2023-09-01",
            name,
            "Where the logs are kept.",
            retained: true,
            [
                "properties": [
                    "sku": ["name": "PerGB2018"], "retentionInDays": JSONValue(logDays),
                    "features": ["enableLogAccessUsingOnlyResourcePermissions": true],
                ]
            ]
        )
    }

    private var collection: TemplateResource {
        TemplateResource(
            "Microsoft.Insights/dataCollectionRules",
            "2023-03-11",
            name,
            "The server's own log, which is the service's output, and what the system says of logins.",
            after: [workspaceID],
            [
                "kind": "Linux",
                "properties": [
                    "dataSources": [
                        "syslog": [
                            [
                                "name": "server", "streams": ["Microsoft-Syslog"],
                                "facilityNames": ["daemon", "auth", "authpriv", "syslog"],
                                "logLevels": [
                                    "Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency",
                                ],
                            ]
                        ]
                    ],
                    "destinations": [
                        "logAnalytics": [["name": "workspace", "workspaceResourceId": .string("[\(workspaceID)]")]]
                    ],
                    "dataFlows": [["streams": ["Microsoft-Syslog"], "destinations": ["workspace"]]],
                ],
            ]
        )
    }

    private var association: TemplateResource {
        TemplateResource(
            "Microsoft.Insights/dataCollectionRuleAssociations",
            "2023-03-11",
            name,
            "Joins machine and rule.",
            tagged: false,
            located: false,
            after: [machineID, collectionID],
            [
                "scope": .string("[\(machineID)]"),
                "properties": ["dataCollectionRuleId": .string("[\(collectionID)]")],
            ]
        )
    }

    var backup: [TemplateResource] {
        guard shape.backupDays > 0 else { return [] }
        let vaults = "Microsoft.RecoveryServices/vaults"
        let vaultID = "resourceId('\(vaults)', '\(name)')"
        let policyID = "resourceId('\(vaults)/backupPolicies', '\(name)', 'daily')"
        let container = "iaasvmcontainer;iaasvmcontainerv2;{1};{0}"
        let item = "vm;iaasvmcontainerv2;{1};{0}"
        return [
            TemplateResource(
                vaults,
                "2024-04-01",
                name,
                "Holds the backups. It stays, and with it what it holds.",
                retained: true,
                ["sku": ["name": "RS0", "tier": "Standard"], "properties": ["publicNetworkAccess": "Enabled"]]
            ),
            TemplateResource(
                "\(vaults)/backupPolicies",
                "2024-04-01",
                "\(name)/daily",
                "A backup each night. Machines with trusted launch need a policy of the second kind.",
                after: [vaultID],
                ["properties": policy]
            ),
            TemplateResource(
                "\(vaults)/backupFabrics/protectionContainers/protectedItems",
                "2024-04-01",
                "[format('{0}/Azure/\(container)/\(item)', '\(name)', resourceGroup().name)]",
                "The machine with all its disks.",
                retained: true,
                after: [machineID, policyID],
                [
                    "properties": [
                        "protectedItemType": "Microsoft.Compute/virtualMachines", "policyId": .string("[\(policyID)]"),
                        "sourceResourceId": .string("[\(machineID)]"),
                    ]
                ]
            ),
        ]
    }

    private var policy: JSONValue {
        let times: JSONValue = ["2026-01-01T02:00:00Z"]
        return [
            "backupManagementType": "AzureIaasVM", "policyType": "V2", "instantRpRetentionRangeInDays": 7,
            "timeZone": "UTC",
            "schedulePolicy": [
                "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily",
                "dailySchedule": ["scheduleRunTimes": times],
            ],
            "retentionPolicy": [
                "retentionPolicyType": "LongTermRetentionPolicy",
                "dailySchedule": [
                    "retentionTimes": times,
                    "retentionDuration": ["count": JSONValue(shape.backupDays), "durationType": "Days"],
                ],
            ],
        ]
    }

    /// The record lies in somebody else's zone, in a group of its own.
    var naming: [TemplateResource] {
        guard let zone = options.dnsZone, let zoneName = zone.split(separator: "/").last else { return [] }
        let address = options.hasPublicAddress ? publicAddress : privateAddress
        let record: JSONValue = [
            "type": "Microsoft.Network/dnsZones/A", "apiVersion": "2018-05-01",
            "name": "[format('{0}/{1}', parameters('zone'), parameters('record'))]",
            "properties": ["TTL": 300, "ARecords": [["ipv4Address": "[parameters('address')]"]]],
        ]
        return [
            NestedDeployment(
                name: "\(name)-record",
                note: "The name that agents have been given.",
                inGroupOf: zone,
                after: [options.hasPublicAddress ? addressID : interfaceID],
                values: [
                    ("zone", .string(String(zoneName))),
                    (
                        "record",
                        .string(
                            "[if(equals(toLower(parameters('serverHostname')), toLower('\(zoneName)')), '@', replace(toLower(parameters('serverHostname')), toLower('.\(zoneName)'), ''))]"
                        )
                    ),
                    ("address", .string("[\(address)]")),
                ],
                inner: record
            ).resource
        ]
    }

    var publicAddress: String { "reference(\(addressID), '2024-05-01').ipAddress" }
    var privateAddress: String {
        "reference(\(interfaceID), '2024-05-01').ipConfigurations[0].properties.privateIPAddress"
    }
}
