// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureClient

/// The endpoint itself: it has to refuse what Azure refuses, or its agreement is worth nothing.
@Suite("What the local Azure refuses", .timeLimit(.minutes(2)))
struct TemplateTests {
    private static let group = "/subscriptions/\(AzureTestbed.subscription)/resourcegroups/one"

    private static let network: JSONObject = [
        "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "net",
        "location": "[resourceGroup().location]", "properties": ["subnets": []],
    ]

    private static func template(_ change: (inout JSONObject, inout JSONObject) -> Void) -> JSONObject {
        var resource = network
        var template: JSONObject = [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
        ]
        change(&template, &resource)
        if template["resources"] == nil { template["resources"] = [.object(resource)] }
        return template
    }

    private static let wrong: [(String, JSONObject)] = [
        ("contentVersion", template { template, _ in template["contentVersion"] = "1.0" }),
        ("$schema", template { template, _ in template["$schema"] = "https://example.org" }),
        ("not known", template { template, _ in template["extra"] = 1 }),
        ("not known", template { _, resource in resource["extra"] = 1 }),
        (
            "does not use",
            template { template, _ in template["parameters"] = ["a": ["type": "string", "defaultValue": ""]] }
        ),
        ("does not declare", template { _, resource in resource["tags"] = ["a": "[parameters('b')]"] }),
        ("does not use", template { template, _ in template["variables"] = ["a": "b"] }),
        ("No registered resource provider", template { _, resource in resource["apiVersion"] = "2001-01-01" }),
        ("incorrect segment length", template { _, resource in resource["name"] = "a/b" }),
        ("not valid", template { _, resource in resource["name"] = "[frobnicate('a')]" }),
        ("not valid", template { _, resource in resource["name"] = "[concat('a']" }),
        ("is not defined", template { _, resource in resource["dependsOn"] = ["nothing"] }),
        ("Circular", template { _, resource in resource["dependsOn"] = ["net"] }),
        (
            "multiple times",
            template { template, resource in template["resources"] = [.object(resource), .object(resource)] }
        ),
        (
            "is not provided",
            template { template, resource in
                template["parameters"] = ["a": ["type": "string"]]
                resource["tags"] = ["a": "[parameters('a')]"]
            }
        ),
        (
            "makes a secure parameter readable",
            template { template, _ in
                template["parameters"] = ["a": ["type": "secureString", "defaultValue": "x"]]
                template["outputs"] = ["b": ["type": "string", "value": "[concat('', parameters('a'))]"]]
            }
        ),
        (
            "needs an api-version",
            template { template, _ in
                template["outputs"] = [:]
                template["resources"] = [
                    .object(network.merging(["tags": ["a": "[reference('other').x]"]]))
                ]
            }
        ),
        (
            "neither defined",
            template { _, resource in
                resource["tags"] = ["a": "[resourceId('Microsoft.Network/publicIPAddresses', 'gone')]"]
            }
        ),
    ]

    @Test("a template that is wrong", arguments: 0..<wrong.count)
    func refused(index: Int) async throws {
        let (words, template) = Self.wrong[index]
        try await Bench.with { bench in
            let client = try bench.client()
            _ = try await client.begin("PUT", Self.group, "2021-04-01", body: ["location": "westeurope"])
            let error = await failure {
                _ = try await client.begin(
                    "POST",
                    Self.group + "/providers/Microsoft.Resources/deployments/d/validate",
                    "2021-04-01",
                    body: ["properties": ["mode": "Incremental", "template": .object(template)]],
                    asks: true
                )
            }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test("expressions are really evaluated")
    func evaluated() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            _ = try await client.begin("PUT", Self.group, "2021-04-01", body: ["location": "westeurope"])
            let cases: [(String, JSONValue)] = [
                ("[concat('a', 'b''c', string(1))]", "ab'c1"), ("[format('{0}-{1}-{{0}}', 'x', 2)]", "x-2-{0}"),
                ("[if(equals(1, 2), 'yes', if(not(empty(createArray())), 'y', 'no'))]", "no"),
                ("[length(createArray(1, 2, 3))]", 3), ("[createObject('a', 1).a]", 1),
                ("[union(createObject('a', 1), createObject('b', 2)).b]", 2),
                ("[base64ToString(base64('text'))]", "text"), ("[toLower(substring('ABCDEF', 1, 3))]", "bcd"),
                ("[split('a,b,c', ',')[2]]", "c"), ("[last(split(resourceGroup().id, '/'))]", "one"),
                ("[length(uniqueString(resourceGroup().id))]", 13), ("[length(guid('a', 'b'))]", 36),
                ("[[plain]", "[plain]"), ("[or(false(), and(true(), contains('abc', 'b')))]", true),
                ("[subscription().tenantId]", .string(AzureTestbed.tenant)),
            ]
            var outputs: JSONObject = [:]
            for (place, item) in cases.enumerated() {
                outputs["o\(place)"] = ["type": "string", "value": .string(item.0)]
            }
            let template = Self.template { template, _ in template["outputs"] = .object(outputs) }
            let path = Self.group + "/providers/Microsoft.Resources/deployments/d"
            let body: JSONValue = ["properties": ["mode": "Incremental", "template": .object(template)]]
            let operation = try await client.begin("PUT", path, "2021-04-01", body: body)
            try await client.wait(for: operation, limit: .seconds(60))
            let found = try await client.get(path, "2021-04-01")["properties"]?["outputs"]
            for (place, item) in cases.enumerated() {
                #expect(found?["o\(place)"]?["value"] == item.1, "\(item.0)")
            }
        }
    }
}

extension JSONObject {
    func merging(_ more: JSONObject) -> JSONObject {
        var all = self
        for (key, value) in more { all[key] = value }
        return all
    }
}
