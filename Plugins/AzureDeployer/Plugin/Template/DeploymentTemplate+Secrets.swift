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
        let own = right(
            "secret",
            "The machine may read the configuration.",
            on: .string("[\(secretID)]"),
            inGroupOf: nil,
            after: [machineID, secretID]
        )
        guard let certificate = options.certificate else { return [own] }
        return [
            own,
            right(
                "certificate",
                "The machine may read the certificate's secret, too.",
                on: .string(certificate),
                inGroupOf: certificate,
                after: [machineID]
            ),
        ]
    }

    var rightIDs: [String] { rights.map(\.id) }

    /// Azure never changes whose a right is. So the machine's identity is part of the right's name, which another machine
    /// then has another of; and what an identity is, only a deployment within the deployment can know by its time.
    private func right(
        _ what: String,
        _ note: String,
        on secret: JSONValue,
        inGroupOf group: String?,
        after: [String]
    ) -> TemplateResource {
        let role = "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '\(Self.secretsUser)')"
        return NestedDeployment(
            name: "\(name)-\(what)",
            note: note,
            inGroupOf: group,
            after: after,
            values: [
                ("secret", secret), ("principal", .string("[\(principal)]")), ("role", .string("[\(role)]")),
            ],
            inner: [
                "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
                "name": "[guid(parameters('secret'), parameters('principal'), parameters('role'))]",
                "scope": "[parameters('secret')]",
                "properties": [
                    "roleDefinitionId": "[parameters('role')]", "principalId": "[parameters('principal')]",
                    "principalType": "ServicePrincipal",
                ],
            ]
        ).resource
    }
}
