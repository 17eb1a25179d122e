// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A deployment and how far it has come.
struct Deployment {
    let id: String
    let name: String
    let group: String
    let document: TemplateDocument
    let scope: TemplateScope
    var tags: JSONObject
    let correlation: String
    let started: String
    var state = "Accepted"
    /// What is still to be made, in order.
    var queue: [TemplateResource]
    var done: [JSONValue] = []
    var outputs: JSONObject = [:]
    var failure: ARMFailure?
    var made: [String] = []

    var isActive: Bool { state == "Accepted" || state == "Running" }

    var json: JSONValue {
        let secret = document.secureParameters
        var parameters: JSONObject = [:]
        for (name, value) in scope.parameters.sorted(by: { $0.key < $1.key }) {
            let type = document.parameters[name]?["type"]?.stringValue ?? "String"
            var shown: JSONObject = ["type": .string(type)]
            if !secret.contains(name) { shown["value"] = value }
            parameters[name] = .object(shown)
        }
        var properties: JSONObject = [
            "mode": "Incremental", "provisioningState": .string(state), "timestamp": .string(started),
            "correlationId": .string(correlation), "parameters": .object(parameters),
            "outputResources": .array(made.map { ["id": .string($0)] }),
        ]
        if state == "Succeeded" { properties["outputs"] = .object(outputs) }
        if let failure { properties["error"] = failure.json }
        return [
            "id": .string(id), "name": .string(name), "type": "Microsoft.Resources/deployments",
            "tags": .object(tags), "properties": .object(properties),
        ]
    }
}
