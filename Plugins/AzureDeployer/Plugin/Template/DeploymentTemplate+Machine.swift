// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension DeploymentTemplate {
    private static let version = "2024-07-01"
    static let administrator = "megaraptor"

    var machineID: String { "resourceId('Microsoft.Compute/virtualMachines', '\(name)')" }
    var diskID: String { "resourceId('Microsoft.Compute/disks', '\(name)-data')" }

    var storage: [TemplateResource] {
        [
            TemplateResource(
                "Microsoft.Compute/disks",
                "2024-03-02",
                "\(name)-data",
                "The datastore: all evidence. A resource of its own, encrypted at rest, which stays when the machine goes.",
                retained: true,
                [
                    "sku": ["name": "Premium_LRS"],
                    "properties": [
                        "creationData": ["createOption": "Empty"], "diskSizeGB": "[parameters('dataDiskSizeGB')]",
                        "encryption": ["type": "EncryptionAtRestWithPlatformKey"],
                        // Nobody gets an address from which the whole disk can be downloaded.
                        "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled",
                    ],
                ]
            )
        ]
    }

    var machine: [TemplateResource] {
        [
            TemplateResource(
                "Microsoft.Compute/virtualMachines",
                Self.version,
                name,
                "The server: Ubuntu 24.04, which updates itself daily, with an identity of its own.",
                after: [interfaceID, diskID],
                [
                    "identity": ["type": "SystemAssigned"],
                    "properties": .object(machineProperties),
                ]
            ),
            machineExtension(
                "AzureMonitorLinuxAgent",
                "Ships the log.",
                after: [machineID],
                [
                    "publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent",
                    "typeHandlerVersion": "1.33",
                    "autoUpgradeMinorVersion": true, "enableAutomaticUpgrade": true,
                ]
            ),
        ]
    }

    private var machineProperties: JSONObject {
        var security: JSONObject = [:]
        if !isArm {
            security["securityType"] = "TrustedLaunch"
            security["uefiSettings"] = ["secureBootEnabled": true, "vTpmEnabled": true]
        }
        if options.encryptionAtHost == true { security["encryptionAtHost"] = true }
        var properties: JSONObject = [
            "hardwareProfile": ["vmSize": "[parameters('vmSize')]"], "storageProfile": disks, "osProfile": system,
            "networkProfile": [
                "networkInterfaces": [
                    ["id": .string("[\(interfaceID)]"), "properties": ["primary": true, "deleteOption": "Detach"]]
                ]
            ],
            "diagnosticsProfile": ["bootDiagnostics": ["enabled": true]],
        ]
        if !security.isEmpty { properties["securityProfile"] = .object(security) }
        return properties
    }

    private var disks: JSONValue {
        [
            "imageReference": [
                "publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": isArm ? "server-arm64" : "server",
                "version": "latest",
            ],
            "osDisk": [
                "name": .string("\(name)-system"), "createOption": "FromImage", "caching": "ReadWrite",
                "deleteOption": "Delete", "managedDisk": ["storageAccountType": "StandardSSD_LRS"],
            ],
            "dataDisks": [
                [
                    "lun": 0, "createOption": "Attach", "caching": "None", "deleteOption": "Detach",
                    "managedDisk": ["id": .string("[\(diskID)]")],
                ]
            ],
        ]
    }

    private var system: JSONValue {
        let administrator = Self.administrator
        return [
            "computerName": .string(name), "adminUsername": .string(administrator),
            "linuxConfiguration": [
                "disablePasswordAuthentication": true, "provisionVMAgent": true,
                "ssh": [
                    "publicKeys": [
                        [
                            "path": .string("/home/\(administrator)/.ssh/authorized_keys"),
                            "keyData": "[parameters('sshPublicKey')]",
                        ]
                    ]
                ],
                // The platform would install updates once a month; the system itself does it daily.
                "patchSettings": ["patchMode": "ImageDefault", "assessmentMode": "AutomaticByPlatform"],
            ],
        ]
    }

    private func machineExtension(
        _ extensionName: String,
        _ note: String,
        after: [String],
        _ properties: JSONObject
    ) -> TemplateResource {
        TemplateResource(
            "Microsoft.Compute/virtualMachines/extensions",
            Self.version,
            "\(name)/\(extensionName)",
            note,
            after: after,
            ["properties": .object(properties)]
        )
    }

    /// The deployment is not done before the server answers: the extension ends with the script's own exit code.
    var boot: TemplateResource {
        let versions = ["programVersion", "configurationVersion", "dataDiskSizeGB"].map { "parameters('\($0)')" }
            .joined(separator: ", ")
        let monitor = "resourceId('Microsoft.Compute/virtualMachines/extensions', '\(name)', 'AzureMonitorLinuxAgent')"
        return machineExtension(
            "boot",
            "Runs the boot script, which fetches and checks everything, and waits until the server answers.",
            after: rightIDs + [monitor],
            [
                "publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1",
                "autoUpgradeMinorVersion": true,
                // Another program, another configuration, or a disk whose file system has to grow. The script itself tells
                // the first two; but it is protected, and what is foreseen of an update shows nothing of it.
                "forceUpdateTag": .string("[format('{0}-{1}-{2}', \(versions))]"),
                "protectedSettings": ["script": .string("[base64(concat(\(bootHeadCall), variables('bootScript')))]")],
            ]
        )
    }
}
