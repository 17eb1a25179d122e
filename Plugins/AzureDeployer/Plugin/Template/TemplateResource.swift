// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A resource of the template.
struct TemplateResource: Sendable {
    let type: String
    let apiVersion: String
    /// Its name in the resource group; a child's has its parents' before it.
    let name: String
    /// Whether it holds evidence, keys, or what leads to them.
    let isRetained: Bool
    /// For people who read the template or the plan.
    let note: String
    /// Its id, as an expression without brackets.
    let id: String
    let json: JSONValue

    /// - Parameters:
    ///   - tagged: whether the type takes tags.
    ///   - located: whether the type has a place of its own.
    ///   - id: where the name is an expression.
    ///   - after: the ids of what must be there before.
    init(
        _ type: String,
        _ apiVersion: String,
        _ name: String,
        _ note: String,
        retained: Bool = false,
        tagged: Bool = true,
        located: Bool = true,
        id: String? = nil,
        after: [String] = [],
        _ members: JSONObject
    ) {
        self.type = type
        self.apiVersion = apiVersion
        self.name = name
        self.note = note
        isRetained = retained
        let names = name.split(separator: "/").map { "'\($0)'" }.joined(separator: ", ")
        self.id = id ?? "resourceId('\(type)', \(names))"
        var json: JSONObject = [
            "comments": .string(note), "type": .string(type), "apiVersion": .string(apiVersion), "name": .string(name),
        ]
        if located { json["location"] = "[parameters('location')]" }
        if tagged { json["tags"] = "[parameters('tags')]" }
        if !after.isEmpty { json["dependsOn"] = .array(after.map { .string("[\($0)]") }) }
        for (key, value) in members { json[key] = value }
        self.json = .object(json)
    }
}
