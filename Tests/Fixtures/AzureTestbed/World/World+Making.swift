// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    /// Makes a resource, or changes the one that is there.
    mutating func make(_ resource: TemplateResource, _ scope: TemplateScope) throws(ARMFailure) {
        guard let id = ResourceID(resource.id) else { throw .invalidTemplate("'\(resource.id)' is no id") }
        let key = resource.id.lowercased()
        for (end, code) in faults.failing where key.hasSuffix(end.lowercased()) {
            throw ARMFailure(409, code, "The resource '\(resource.name)' cannot be made: \(code).", target: resource.id)
        }
        if resource.isNested { return try makeNested(resource, scope) }
        let wanted = try content(of: resource, scope)
        try checkTargets(.object(wanted), of: resource)
        let before = resources[key]
        if let before { try checkChange(before.content, wanted, resource) } else { try checkName(resource) }
        try checkRules(wanted, resource)
        var made = before ?? Resource(id: id, apiVersion: resource.apiVersion)
        made.apiVersion = resource.apiVersion
        made.content = wanted
        complete(&made, before)
        resources[key] = made
        switch resource.type.lowercased() {
        case "microsoft.compute/virtualmachines":
            makeSystemDisk(made)
            addExtension("LinuxPatchExtension", to: made.id)
        case "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems":
            addExtension("VMSnapshotLinux", to: wanted["properties"]?["sourceResourceId"]?.stringValue ?? "")
        default: break
        }
        self.made[key, default: 0] += 1
    }

    /// The members of a resource with everything evaluated.
    func content(of resource: TemplateResource, _ scope: TemplateScope) throws(ARMFailure) -> JSONObject {
        var scope = scope
        scope.lookUp = { id throws(ARMFailure) in try found(reference: id) }
        var content: JSONObject = [:]
        for key in ["location", "tags", "sku", "kind", "identity", "zones", "plan", "properties"] {
            if let value = resource.body[key] { content[key] = try scope.evaluate(value) }
        }
        if content["properties"] == nil { content["properties"] = [:] }
        return content
    }

    /// A deployment within a deployment, whose expressions are its own.
    private mutating func makeNested(_ resource: TemplateResource, _ outer: TemplateScope) throws(ARMFailure) {
        let properties = resource.body["properties"]
        guard properties?["mode"] == "Incremental", properties?["expressionEvaluationOptions"]?["scope"] == "inner",
            let home = ResourceID(resource.id), let group = groups[home.group.lowercased()]
        else {
            throw .invalidTemplate(
                "'\(resource.name)' is not incremental, of inner scope, and in a group that is there"
            )
        }
        let now = self
        var scope = outer
        scope.lookUp = { id throws(ARMFailure) in try now.found(reference: id) }
        let document = try TemplateDocument(properties?["template"] ?? .null)
        let given = try scope.evaluate(properties?["parameters"] ?? [:]).objectValue ?? [:]
        var inner = TemplateScope(
            subscription: outer.subscription,
            tenant: outer.tenant,
            group: group.name,
            location: group.location,
            deployment: home.name,
            parameters: [:],
            variables: document.variables
        )
        inner.parameters = try document.bind(given, inner)
        let expansion = TemplateExpansion(document: document, scope: inner) { now.resources[$0] != nil }
        let parts = try expansion.ordered()
        for part in parts { try make(part, inner) }
        // It is a deployment like any other, with a record in its group.
        deployments["\(home.group)/\(home.name)".lowercased()] = Deployment(
            id: resource.id,
            name: home.name,
            group: home.group,
            document: document,
            scope: inner,
            tags: try outer.evaluate(resource.body["tags"] ?? [:]).objectValue ?? [:],
            correlation: uuid(),
            started: self.now(),
            state: "Succeeded",
            queue: [],
            made: parts.map(\.id)
        )
    }

    func found(reference id: String) throws(ARMFailure) -> JSONValue {
        guard let found = resources[id.lowercased()] ?? resources.values.first(where: { $0.name == id }) else {
            throw ARMFailure(404, "ResourceNotFound", "The Resource '\(id)' was not found.")
        }
        return found.json(in: self)
    }

    // MARK: - Rules

    /// Every id in it must be of something that is there by now.
    private func checkTargets(_ value: JSONValue, of resource: TemplateResource) throws(ARMFailure) {
        switch value {
        case .string(let text):
            let lower = text.lowercased()
            guard lower.hasPrefix("/subscriptions/"), lower.contains("/providers/microsoft."),
                !lower.hasPrefix(resource.id.lowercased()), !lower.contains("/roledefinitions/"),
                !lower.contains(" ")
            else { return }
            guard isThere(lower) else {
                throw ARMFailure(
                    400,
                    "InvalidResourceReference",
                    "Resource \(text) referenced by resource \(resource.id) was not found. Please make sure that the"
                        + " referenced resource exists, and that both resources are in the same region.",
                    target: resource.id
                )
            }
        case .array(let items): for item in items { try checkTargets(item, of: resource) }
        case .object(let object): for (_, item) in object { try checkTargets(item, of: resource) }
        default: break
        }
    }

    private func isThere(_ id: String) -> Bool {
        if resources[id] != nil { return true }
        // A part is there with what it lies in.
        for part in ["/subnets/", "/ipconfigurations/"] {
            guard let place = id.firstRange(of: part) else { continue }
            let name = String(id[place.upperBound...])
            let list = part == "/subnets/" ? "subnets" : "ipConfigurations"
            let parts = resources[String(id[..<place.lowerBound])]?.content["properties"]?[list]?.arrayValue ?? []
            return parts.contains { $0["name"]?.stringValue?.lowercased() == name }
        }
        return false
    }

    /// What Azure never changes of a resource that is there.
    private func checkChange(
        _ before: JSONObject,
        _ wanted: JSONObject,
        _ resource: TemplateResource
    ) throws(ARMFailure) {
        if let old = before["location"], let new = wanted["location"], old != new {
            throw ARMFailure(409, "InvalidResourceLocation", "The resource '\(resource.name)' is in another location.")
        }
        let fixed: [String: [[String]]] = [
            "microsoft.compute/virtualmachines": [
                ["osProfile", "customData"], ["osProfile", "adminUsername"], ["osProfile", "computerName"],
                ["osProfile", "linuxConfiguration", "ssh", "publicKeys"], ["storageProfile", "imageReference"],
            ],
            "microsoft.compute/disks": [["creationData", "createOption"]],
            "microsoft.network/publicipaddresses": [["publicIPAddressVersion"]],
        ]
        if resource.type.lowercased() == "microsoft.authorization/roleassignments",
            before["properties"]?["principalId"] != wanted["properties"]?["principalId"]
        {
            throw ARMFailure(
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."
            )
        }
        for path in fixed[resource.type.lowercased()] ?? [] {
            func value(_ content: JSONObject) -> JSONValue? {
                path.reduce(content["properties"]) { $0?[$1] }
            }
            guard value(before) == value(wanted) else {
                throw ARMFailure(
                    409,
                    "PropertyChangeNotAllowed",
                    "Changing property '\(path.joined(separator: "."))' is not allowed.",
                    target: path.joined(separator: ".")
                )
            }
        }
        let sizes = [before, wanted].map { $0["properties"]?["diskSizeGB"]?.integerValue ?? 0 }
        if resource.type.lowercased() == "microsoft.compute/disks", sizes[1] < sizes[0] {
            throw ARMFailure(409, "OperationNotAllowed", "A disk cannot be made smaller.")
        }
        let isAttached = resources.contains {
            $0.value.type.lowercased() == "microsoft.compute/virtualmachines"
                && Self.mentions(.object($0.value.content), resource.id.lowercased())
        }
        if resource.type.lowercased() == "microsoft.compute/disks", sizes[0] <= 4095, sizes[1] > 4095, isAttached {
            throw ARMFailure(409, "OperationNotAllowed", "An attached disk cannot be resized from 4095 GB to more.")
        }
        let isProtected = before["properties"]?["enablePurgeProtection"] == true
        if isProtected, wanted["properties"]?["enablePurgeProtection"] == false {
            throw ARMFailure(400, "BadRequest", "The property \"enablePurgeProtection\" cannot be set to false.")
        }
    }
}
