// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// One resource in a resource group that is not the server's own.
struct NestedDeployment: Sendable {
    let name: String
    let note: String
    /// The id of something in that group.
    let inGroupOf: String
    let after: [String]
    /// What the inner resource is told, all of it text: it knows nothing else.
    let values: [(name: String, value: JSONValue)]
    let inner: JSONValue

    var resource: TemplateResource {
        // /subscriptions/S/resourceGroups/G/…
        let parts = inGroupOf.split(separator: "/").map(String.init)
        let group = "/" + parts.prefix(4).joined(separator: "/")
        return TemplateResource(
            "Microsoft.Resources/deployments",
            "2022-09-01",
            name,
            note,
            located: false,
            // Its id is one of the other group: by that of the server's own nobody finds it.
            id: "extensionResourceId('\(group)', 'Microsoft.Resources/deployments', '\(name)')",
            after: after,
            [
                "subscriptionId": .string(parts.count > 3 ? parts[1] : ""),
                "resourceGroup": .string(parts.count > 3 ? parts[3] : ""),
                "properties": [
                    "mode": "Incremental", "expressionEvaluationOptions": ["scope": "inner"],
                    "parameters": .object(JSONObject(values.map { ($0.name, ["value": $0.value]) })),
                    "template": [
                        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                        "contentVersion": "1.0.0.0",
                        "parameters": .object(JSONObject(values.map { ($0.name, ["type": "string"]) })),
                        "resources": [inner],
                    ],
                ],
            ]
        )
    }
}
