// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension DeploymentTemplate {
    private static let version = "2023-07-01"
    /// Built in: Key Vault Secrets User.
    private static let secretsUser = "4633458b-17de-408a-b874-0445c86b69e6"

    private var vaultID: String { "resourceId('Microsoft.KeyVault/vaults', parameters('keyVaultName'))" }
    var secretID: String {
        "resourceId('Microsoft.KeyVault/vaults/secrets', parameters('keyVaultName'), '\(Self.secretName)')"
    }
    /// The machine's identity.
    private var principal: String { "reference(\(machineID), '2024-07-01', 'full').identity.principalId" }

    var vault: [TemplateResource] {
        // A subnet that was there before need not have the service endpoint.
        let network: JSONValue =
            ownsNetwork
            ? ["bypass": "AzureServices", "defaultAction": "Deny", "virtualNetworkRules": [["id": subnetID]]]
            : ["bypass": "AzureServices", "defaultAction": "Allow"]
        return [
            TemplateResource(
                "Microsoft.KeyVault/vaults",
                Self.version,
                "[parameters('keyVaultName')]",
                "Holds the server's configuration. What is deleted in it can be had back for 30 days.",
                retained: true,
                id: vaultID,
                after: ownsNetwork ? [networkID] : [],
                [
                    "properties": [
                        "tenantId": "[subscription().tenantId]", "sku": ["family": "A", "name": "standard"],
                        "enableRbacAuthorization": true, "enableSoftDelete": true, "softDeleteRetentionInDays": 30,
                        "enablePurgeProtection": true, "publicNetworkAccess": "Enabled", "networkAcls": network,
                    ]
                ]
            ),
            TemplateResource(
                "Microsoft.KeyVault/vaults/secrets",
                Self.version,
                "[format('{0}/\(Self.secretName)', parameters('keyVaultName'))]",
                "The configuration with its private keys.",
                retained: true,
                located: false,
                id: secretID,
                after: [vaultID],
                [
                    "properties": [
                        "value": "[parameters('serverConfiguration')]", "contentType": "application/yaml",
                        "attributes": ["enabled": true],
                    ]
                ]
            ),
        ]
    }

    /// The machine reads its own secrets, and nothing else of the vault.
    var rights: [TemplateResource] {
        let assignment = assignment(on: secretID, principal: principal)
        return [assignment] + (certificateRight.map { [$0] } ?? [])
    }

    private var role: String {
        "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '\(Self.secretsUser)')"
    }
    private func rightName(_ secret: String) -> String { "guid(\(secret), \(machineID), '\(Self.secretsUser)')" }

    private func assignment(on secret: String, principal: String) -> TemplateResource {
        TemplateResource(
            "Microsoft.Authorization/roleAssignments",
            "2022-04-01",
            "[\(rightName(secret))]",
            "The machine may read this secret.",
            tagged: false,
            located: false,
            id: rightID(secret),
            after: [machineID, secret],
            [
                "scope": .string("[\(secret)]"),
                "properties": [
                    "roleDefinitionId": .string("[\(role)]"), "principalId": .string("[\(principal)]"),
                    "principalType": "ServicePrincipal",
                ],
            ]
        )
    }

    private func rightID(_ secret: String) -> String {
        "extensionResourceId(\(secret), 'Microsoft.Authorization/roleAssignments', \(rightName(secret)))"
    }

    var rightIDs: [String] { rights.map(\.id) }

    /// The certificate lies in a vault of somebody else's group, so this is a deployment of its own.
    private var certificateRight: TemplateResource? {
        options.certificate.map { certificate in
            let inner: JSONValue = [
                "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
                "name": "[guid(parameters('secret'), parameters('principal'), parameters('role'))]",
                "scope": "[parameters('secret')]",
                "properties": [
                    "roleDefinitionId": "[parameters('role')]", "principalId": "[parameters('principal')]",
                    "principalType": "ServicePrincipal",
                ],
            ]
            return NestedDeployment(
                name: "\(name)-certificate",
                note: "The machine may read the certificate's secret, too.",
                inGroupOf: certificate,
                after: [machineID],
                values: [
                    ("secret", .string(certificate)), ("principal", .string("[\(principal)]")),
                    ("role", .string("[\(role)]")),
                ],
                inner: inner
            ).resource
        }
    }
}
