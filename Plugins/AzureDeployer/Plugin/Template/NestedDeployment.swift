// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// One resource by a deployment of its own: because it is in another resource group, or because its name depends on
/// what is only known once others are made.
struct NestedDeployment: Sendable {
    let name: String
    let note: String
    /// The id of something in that group; `nil` for the server's own.
    let inGroupOf: String?
    let after: [String]
    /// What the inner resource is told, all of it text: it knows nothing else.
    let values: [(name: String, value: JSONValue)]
    let inner: JSONValue

    var resource: TemplateResource {
        // /subscriptions/S/resourceGroups/G/…
        let parts = (inGroupOf ?? "").split(separator: "/").map(String.init)
        var members: JSONObject = [:]
        if parts.count > 3 {
            members["subscriptionId"] = .string(parts[1])
            members["resourceGroup"] = .string(parts[3])
        }
        members["properties"] = properties
        return TemplateResource(
            "Microsoft.Resources/deployments",
            "2022-09-01",
            name,
            note,
            located: false,
            // Its id is one of the other group: by that of the server's own nobody finds it.
            id: inGroupOf.map {
                "extensionResourceId('\(AzureResourceID.group(of: $0))', 'Microsoft.Resources/deployments', '\(name)')"
            },
            after: after,
            members
        )
    }

    private var properties: JSONValue {
        [
            "mode": "Incremental", "expressionEvaluationOptions": ["scope": "inner"],
            "parameters": .object(JSONObject(values.map { ($0.name, ["value": $0.value]) })),
            "template": [
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "parameters": .object(JSONObject(values.map { ($0.name, ["type": "string"]) })),
                "resources": [inner],
            ],
        ]
    }
}
