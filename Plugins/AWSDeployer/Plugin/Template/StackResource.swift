// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A resource of the template.
struct StackResource: Sendable {
    let logicalID: String
    let type: String
    /// Whether it stays when the stack goes: it holds evidence, or what leads to it.
    let isRetained: Bool
    /// For people who read the template or the plan.
    let note: String
    let properties: JSONObject
    /// What stands beside the properties: `DependsOn`, policies.
    let attributes: JSONObject

    init(
        _ logicalID: String,
        _ type: String,
        _ note: String,
        retained: Bool = false,
        attributes: JSONObject = [:],
        _ properties: JSONObject
    ) {
        self.logicalID = logicalID
        self.type = type
        self.note = note
        self.isRetained = retained
        self.properties = properties
        self.attributes = attributes
    }

    var json: JSONValue {
        var json: JSONObject = ["Type": .string(type)]
        // A creation that fails takes away what it made, for it holds nothing yet.
        if isRetained {
            json["DeletionPolicy"] = "RetainExceptOnCreate"
            json["UpdateReplacePolicy"] = "Retain"
        }
        for (key, value) in attributes { json[key] = value }
        if !properties.isEmpty { json["Properties"] = .object(properties) }
        return .object(json)
    }
}
