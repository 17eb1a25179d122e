// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    /// What a deployment would change, as an operation whose result lies at its `Location`.
    mutating func whatIf(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        let (_, scope, list) = try expanded(request)
        let format = request.body["properties"]?["whatIfSettings"]?["resultFormat"]?.stringValue
        var changes: [JSONValue] = []
        for resource in list { changes.append(try change(resource, scope, hasPayload: format != "ResourceIdOnly")) }
        let wanted = Set(list.map { $0.id.lowercased() })
        for other in resources.values.sorted(by: { $0.id < $1.id })
        where other.group.lowercased() == scope.group.lowercased() && !wanted.contains(other.id.lowercased())
            && other.content["location"] != nil && !ResourceTypes.isProxy(other.type)
        {
            changes.append(["resourceId": .string(other.id), "changeType": "Ignore"])
        }
        let id = uuid()
        operations[id] = Operation(
            work: .none,
            looks: 1,
            result: ["status": "Succeeded", "properties": ["changes": .array(changes)]]
        )
        let location =
            "\(url)/subscriptions/\(AzureTestbed.subscription)/operationresults/\(id)?api-version=2021-04-01"
        return Answer(202, headers: [("Location", location), ("Retry-After", "0")])
    }

    private func change(
        _ resource: TemplateResource,
        _ scope: TemplateScope,
        hasPayload: Bool
    ) throws(ARMFailure) -> JSONValue {
        if resource.isNested { return ["resourceId": .string(resource.id), "changeType": "Deploy"] }
        guard let before = resources[resource.id.lowercased()] else {
            return ["resourceId": .string(resource.id), "changeType": "Create"]
        }
        // What depends on things that are still to be made is not known yet.
        guard let after = try? content(of: resource, scope) else {
            return ["resourceId": .string(resource.id), "changeType": "Deploy"]
        }
        var delta: [JSONValue] = []
        // The value of a secret cannot be compared with one that nobody may read.
        if resource.type.lowercased() == "microsoft.keyvault/vaults/secrets" {
            return ["resourceId": .string(resource.id), "changeType": "Deploy"]
        }
        for (key, value) in after {
            Self.compare(before.content[key], value, at: key, into: &delta)
        }
        var change: JSONObject = [
            "resourceId": .string(resource.id), "changeType": delta.isEmpty ? "NoChange" : "Modify",
        ]
        if hasPayload, !delta.isEmpty { change["delta"] = .array(delta) }
        return .object(change)
    }

    /// What is wanted and differs. What Azure has added is no difference.
    private static func compare(_ old: JSONValue?, _ new: JSONValue, at path: String, into delta: inout [JSONValue]) {
        if let objects = new.objectValue, old?.objectValue != nil {
            for (key, value) in objects where key != "protectedSettings" {
                compare(old?[key], value, at: "\(path).\(key)", into: &delta)
            }
        } else if let items = new.arrayValue, let others = old?.arrayValue, items.count == others.count {
            for (place, item) in items.enumerated() {
                compare(others[place], item, at: "\(path).\(place)", into: &delta)
            }
        } else if old != new {
            let kind = old == nil ? "Create" : "Modify"
            delta.append(["path": .string(path), "propertyChangeType": .string(kind), "after": new])
        }
    }
}
