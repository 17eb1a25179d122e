// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A resource of a template that is to be made.
struct TemplateResource: Sendable {
    let id: String
    let type: String
    let name: String
    let apiVersion: String
    /// As it stands in the template, with its expressions.
    let body: JSONObject
    /// The ids that have to be there first.
    var needs: Set<String> = []

    var isNested: Bool { type.lowercased() == "microsoft.resources/deployments" }

    /// What its own template's functions stand in: the template of a deployment within has functions of its own.
    var outerBody: JSONObject {
        var content = body
        for key in ["dependsOn", "name", "type", "apiVersion", "condition"] { content[key] = nil }
        if isNested, var properties = content["properties"]?.objectValue {
            properties["template"] = nil
            content["properties"] = .object(properties)
        }
        return content
    }
}

/// Makes resources of a template and its parameters, in the order in which they can be made.
struct TemplateExpansion {
    let document: TemplateDocument
    let scope: TemplateScope
    /// The ids, in lower case, that exist already.
    let existing: (String) -> Bool

    private static let members: Set<String> = [
        "type", "apiVersion", "name", "location", "tags", "properties", "sku", "kind", "identity", "zones", "dependsOn",
        "condition", "comments", "scope", "plan", "metadata",
    ]
    /// Where a deployment within a deployment goes.
    private static let placing: Set<String> = ["subscriptionId", "resourceGroup"]

    func ordered() throws(ARMFailure) -> [TemplateResource] {
        var (all, present): ([TemplateResource], [TemplateResource]) = ([], [])
        for body in document.resources {
            let resource = try resource(body)
            if all.contains(where: { $0.id.lowercased() == resource.id.lowercased() }) {
                throw .invalidTemplate("The resource '\(resource.name)' is defined multiple times")
            }
            all.append(resource)
            let condition = try body["condition"].map { (value) throws(ARMFailure) in try scope.evaluate(value) }
            if condition != false { present.append(resource) }
        }
        let ids = Set(present.map { $0.id.lowercased() })
        var linked: [TemplateResource] = []
        for var resource in present {
            resource.needs = try needs(of: resource, all, ids)
            linked.append(resource)
        }
        return try sorted(linked)
    }

    private func resource(_ body: JSONObject) throws(ARMFailure) -> TemplateResource {
        let isNested = body["type"]?.stringValue?.lowercased() == "microsoft.resources/deployments"
        for key in body.keys where !Self.members.contains(key) && !(isNested && Self.placing.contains(key)) {
            throw .invalidTemplate("The resource member '\(key)' is not known")
        }
        guard let type = body["type"]?.stringValue, let version = body["apiVersion"]?.stringValue,
            let name = try scope.evaluate(body["name"] ?? .null).stringValue
        else { throw .invalidTemplate("A resource lacks its type, apiVersion or name") }
        try ResourceTypes.check(type, version)
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == type.split(separator: "/").count - 1, name.utf8.count <= 260 else {
            throw .invalidTemplate(
                "The resource '\(name)' of type '\(type)' has an incorrect segment length: it must have as many names as"
                    + " the type has parts after its namespace"
            )
        }
        let path = try TemplateIdentifiers.path(type, parts)
        let place = try body["scope"].map { (value) throws(ARMFailure) in try scope.evaluate(value) }?.stringValue
        let home = try home(of: body)
        let id = "\(place ?? home)/providers/\(path)"
        if let location = body["location"], try scope.evaluate(location).stringValue?.isEmpty != false {
            throw .invalidTemplate("The resource '\(name)' has an empty location")
        }
        return TemplateResource(id: id, type: type, name: name, apiVersion: version, body: body)
    }

    /// The group that a resource goes to: only that of a deployment within a deployment may be another.
    private func home(of body: JSONObject) throws(ARMFailure) -> String {
        let group = try body["resourceGroup"].map { (value) throws(ARMFailure) in try scope.evaluate(value) }
        let owner = try body["subscriptionId"].map { (value) throws(ARMFailure) in try scope.evaluate(value) }
        guard let group = group?.stringValue else { return scope.groupID }
        return "/subscriptions/\(owner?.stringValue ?? scope.subscription)/resourceGroups/\(group)"
    }

    private func needs(
        of resource: TemplateResource,
        _ all: [TemplateResource],
        _ ids: Set<String>
    ) throws(ARMFailure) -> Set<String> {
        var needs: Set<String> = []
        for wanted in resource.body["dependsOn"]?.arrayValue ?? [] {
            let text = try scope.evaluate(wanted).stringValue ?? ""
            guard let found = all.first(where: { Self.isNamed($0, text) }) else {
                throw .invalidTemplate(
                    "The resource '\(text)' is not defined in the template, and '\(resource.name)' depends on it"
                )
            }
            needs.insert(found.id.lowercased())
        }
        let content = resource.outerBody
        for call in try TemplateDocument.calls(in: .object(content)) where call.name.lowercased() == "reference" {
            guard let first = call.arguments.first, let text = try scope.value(of: first).stringValue else { continue }
            if let found = all.first(where: { Self.isNamed($0, text) }) {
                needs.insert(found.id.lowercased())
            } else {
                guard existing(text.lowercased()), call.arguments.count > 1 else {
                    throw .invalidTemplate(
                        "The resource referenced by '\(text)' is not defined in the template, and an existing one needs"
                            + " an api-version"
                    )
                }
            }
        }
        for call in try TemplateDocument.calls(in: .object(content)) where call.name.lowercased() == "resourceid" {
            try checkTarget(call, ids)
        }
        return needs.intersection(ids)
    }

    /// What a resource names by its id is in the template or there already. Parts of others, such as subnets, are looked
    /// for when the time comes.
    private func checkTarget(
        _ call: (name: String, arguments: [Expression]),
        _ ids: Set<String>
    ) throws(ARMFailure) {
        guard let id = try? scope.value(of: .call(call.name, call.arguments)).stringValue?.lowercased() else {
            throw .invalidTemplate("'resourceId' is not given what it needs")
        }
        let isKnown = ids.contains(id) || existing(id) || document.mentions(id, scope)
        let isPart = ResourceTypes.isPart(id)
        guard isKnown || isPart else {
            throw .invalidTemplate("The resource '\(id)' is neither defined in the template nor there already")
        }
    }

    private static func isNamed(_ resource: TemplateResource, _ text: String) -> Bool {
        let text = text.lowercased()
        return resource.id.lowercased() == text || resource.name.lowercased() == text
            || "\(resource.type)/\(resource.name)".lowercased() == text
    }

    /// Those without open needs first, in the template's order.
    private func sorted(_ resources: [TemplateResource]) throws(ARMFailure) -> [TemplateResource] {
        var (rest, done): ([TemplateResource], [TemplateResource]) = (resources, [])
        while !rest.isEmpty {
            let made = Set(done.map { $0.id.lowercased() })
            guard let next = rest.firstIndex(where: { $0.needs.isSubset(of: made) }) else {
                throw .invalidTemplate(
                    "Circular dependency detected on resource: '\(rest.map(\.name).joined(separator: ", "))'"
                )
            }
            done.append(rest.remove(at: next))
        }
        return done
    }
}

extension TemplateDocument {
    /// Whether an id is one of a resource that a condition leaves out.
    func mentions(_ id: String, _ scope: TemplateScope) -> Bool {
        resources.contains { body in
            guard body["condition"] != nil, let type = body["type"]?.stringValue,
                let name = (try? scope.evaluate(body["name"] ?? .null))?.stringValue,
                let path = try? TemplateIdentifiers.path(type, name.split(separator: "/").map(String.init))
            else { return false }
            return "\(scope.groupID)/providers/\(path)".lowercased() == id
        }
    }
}
