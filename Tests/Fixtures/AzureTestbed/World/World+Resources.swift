// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    private var subscription: String { AzureTestbed.subscription }

    func resourceList(_ request: RecordedRequest, group: String?) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        try requireVersion(request, ResourceTypes.resources, "resources")
        if let group, groups[group.lowercased()] == nil { throw noGroup(group) }
        let filter = try TagFilter(request.query["$filter"])
        // Only tracked resources are listed: no parts such as secrets and backups, no role assignments.
        let known = faults.listsLag ? resources.merging(ghosts) { present, _ in present } : resources
        let found = known.values.filter { resource in
            (group == nil || resource.group.lowercased() == group?.lowercased())
                && resource.content["location"] != nil && !ResourceTypes.isProxy(resource.type)
                && filter.takes(resource.content["tags"]?.objectValue ?? [:])
                && !faults.unlisted.contains(where: resource.id.lowercased().hasSuffix)
        }
        let list = found.sorted { $0.id < $1.id }.map { resource -> JSONValue in
            var json = resource.json(in: self).objectValue ?? [:]
            json["properties"] = nil
            json["name"] = .string(resource.name)
            return .object(json)
        }
        return Answer(200, ["value": .array(list)])
    }

    mutating func resource(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        let version = request.query["api-version"] ?? ""
        let segments = request.segments
        // Actions have a last part without a name.
        if segments.count.isMultiple(of: 2) == false {
            guard let id = ResourceID(segments.dropLast()), let action = segments.last else {
                throw ARMFailure(404, "InvalidResourceType", "There is nothing at '\(request.path)'.")
            }
            try ResourceTypes.check(id.type, version)
            return try act(request, id, action.lowercased())
        }
        guard let id = ResourceID(segments) else {
            throw ARMFailure(404, "InvalidResourceType", "There is nothing at '\(request.path)'.")
        }
        try ResourceTypes.check(id.type, version)
        let key = id.text.lowercased()
        if let answer = try virtualAnswer(request, id) { return answer }
        guard let resource = resources[key] else {
            if request.method == "DELETE" { return Answer(204) }
            throw .notFound(id.type, id.name, id.group)
        }
        switch request.method {
        case "GET": return Answer(200, resource.json(in: self))
        case "PATCH": return try patch(request, key)
        case "PUT": return try protect(request, resource)
        case "DELETE": return try delete(resource)
        default: throw Self.methodNotAllowed(request)
        }
    }

    /// Parts that are there without having been made.
    private func virtualAnswer(_ request: RecordedRequest, _ id: ResourceID) throws(ARMFailure) -> Answer? {
        guard id.type.lowercased() == "microsoft.recoveryservices/vaults/backupconfig", request.method == "GET" else {
            return nil
        }
        let vault = String(
            id.text[..<(id.text.lowercased().firstRange(of: "/backupconfig/")?.lowerBound ?? id.text.endIndex)]
        )
        guard resources[vault.lowercased()] != nil else { throw .notFound(id.type, id.name, id.group) }
        let state = faults.keepsDeletedBackups ? "Enabled" : "Disabled"
        return Answer(200, ["id": .string(id.text), "properties": ["softDeleteFeatureState": .string(state)]])
    }

    /// The one resource that is changed by itself here: whether a machine is backed up.
    private mutating func protect(_ request: RecordedRequest, _ resource: Resource) throws(ARMFailure) -> Answer {
        guard resource.type.lowercased().hasSuffix("/protecteditems") else { throw Self.methodNotAllowed(request) }
        let body = request.body["properties"]
        guard request.body.objectValue?.keys == ["properties"],
            body?["protectedItemType"] == "Microsoft.Compute/virtualMachines",
            body?["sourceResourceId"] == resource.content["properties"]?["sourceResourceId"],
            body?["protectionState"] == "ProtectionStopped"
        else { throw .badRequest("Protection is stopped by its type, its source and its state, and by nothing else.") }
        var properties = resource.content["properties"]?.objectValue ?? [:]
        properties["protectionState"] = "ProtectionStopped"
        properties["policyId"] = ""
        resources[resource.id.lowercased()]?.content["properties"] = .object(properties)
        let id = uuid()
        operations[id] = Operation(work: .none)
        let base =
            "\(url)/subscriptions/\(subscription)/providers/Microsoft.RecoveryServices/locations/westeurope/operations/"
        return Answer(
            202,
            headers: [("Azure-AsyncOperation", base + id + "?api-version=2024-04-01"), ("Retry-After", "0")]
        )
    }

    private mutating func patch(_ request: RecordedRequest, _ key: String) throws(ARMFailure) -> Answer {
        for name in request.body.objectValue?.keys ?? [] where !["tags", "properties"].contains(name) {
            throw .badRequest("The member '\(name)' cannot be patched here.")
        }
        if let tags = request.body["tags"]?.objectValue {
            try Self.check(tags)
            resources[key]?.content["tags"] = .object(tags)
        }
        if let changes = request.body["properties"]?.objectValue {
            var properties = resources[key]?.content["properties"]?.objectValue ?? [:]
            for (name, value) in changes { properties[name] = value }
            resources[key]?.content["properties"] = .object(properties)
        }
        return Answer(200, resources[key]?.json(in: self))
    }

    // MARK: - Deleting

    private mutating func delete(_ resource: Resource) throws(ARMFailure) -> Answer {
        let key = resource.id.lowercased()
        try checkUnused(resource)
        if faults.failing.contains(where: { key.hasSuffix($0.key.lowercased()) && $0.value == "ScopeLocked" }) {
            throw ARMFailure(409, "ScopeLocked", "The scope '\(resource.id)' cannot perform delete operation.")
        }
        resources[key]?.isBeingDeleted = true
        let id = uuid()
        operations[id] = Operation(work: .deletion([key]))
        let provider = resource.type.split(separator: "/")[0]
        let base = "\(url)/subscriptions/\(subscription)/providers/\(provider)/locations/westeurope/operations/\(id)"
        let status = base + "?api-version=2024-05-01"
        return Answer(
            202,
            headers: [("Azure-AsyncOperation", status), ("Location", status), ("Retry-After", "0")]
        )
    }

    /// What others still hold cannot go.
    private func checkUnused(_ resource: Resource) throws(ARMFailure) {
        let key = resource.id.lowercased()
        let type = resource.type.lowercased()
        if type == "microsoft.recoveryservices/vaults" {
            let hasItems = resources.keys.contains { $0.hasPrefix(key + "/") && $0.contains("/protecteditems/") }
            if hasItems {
                throw ARMFailure(
                    409,
                    "ServiceResourceNotEmptyWithBackendMessage",
                    "Recovery Services vault cannot be deleted as there are backup items in the vault, also softly deleted"
                        + " ones."
                )
            }
        }
        let holders = ["microsoft.network/", "microsoft.compute/disks", "microsoft.managedidentity/"]
        guard holders.contains(where: type.hasPrefix) else { return }
        for other in resources.values where other.id != resource.id && !other.id.lowercased().hasPrefix(key + "/") {
            // What a vault lets in does not hold it.
            if other.type.lowercased().hasPrefix("microsoft.keyvault/") { continue }
            guard !Self.mentions(.object(other.content), key) else {
                let short = type.split(separator: "/").last.map(String.init) ?? type
                throw ARMFailure(
                    409,
                    "InUse\(short)CannotBeDeleted",
                    "\(resource.id) cannot be deleted because it is in use by \(other.id).",
                    target: resource.id
                )
            }
        }
    }

    /// Whether a value holds the id, or that of a part of it.
    static func mentions(_ value: JSONValue, _ id: String) -> Bool {
        switch value {
        case .string(let text):
            let text = text.lowercased()
            return text == id || text.hasPrefix(id + "/")
        case .array(let items): return items.contains { mentions($0, id) }
        case .object(let object): return object.contains { mentions($0.value, id) }
        default: return false
        }
    }

    mutating func finishDeletion(_ key: String) {
        if key.contains("/protecteditems/"), faults.keepsDeletedBackups,
            var properties = resources[key]?.content["properties"]?.objectValue
        {
            properties["isScheduledForDeferredDelete"] = true
            resources[key]?.content["properties"] = .object(properties)
            return
        }
        guard let resource = takeAway(key) else { return }
        for inner in resources.keys where inner.hasPrefix(key + "/") { takeAway(inner) }
        guard resource.type.lowercased() == "microsoft.compute/virtualmachines" else { return }
        // Its disk goes with it only where the machine says so.
        let isTaken = resource.content["properties"]?["storageProfile"]?["osDisk"]?["deleteOption"] == "Delete"
        for (other, disk) in resources
        where disk.content["properties"]?["managedByMachine"]?.stringValue == key {
            if isTaken {
                takeAway(other)
            } else if var properties = disk.content["properties"]?.objectValue {
                properties["managedByMachine"] = nil
                properties["diskState"] = "Unattached"
                resources[other]?.content["properties"] = .object(properties)
            }
        }
    }

    @discardableResult
    private mutating func takeAway(_ key: String) -> Resource? {
        guard let resource = resources.removeValue(forKey: key) else { return nil }
        ghosts[key] = resource
        let isVault = resource.type.lowercased() == "microsoft.keyvault/vaults"
        if isVault, resource.content["properties"]?["enableSoftDelete"] != false {
            deletedVaults[resource.name.lowercased()] = resource
        }
        return resource
    }

    /// A vault that was deleted and whose name is still taken.
    func deletedVault(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        guard request.method == "GET", request.segments[3].lowercased() == "microsoft.keyvault" else {
            throw Self.methodNotAllowed(request)
        }
        try ResourceTypes.check("Microsoft.KeyVault/vaults", request.query["api-version"] ?? "")
        let (place, name) = (request.segments[5], request.segments[7])
        guard let vault = deletedVaults[name.lowercased()], vault.content["location"]?.stringValue == place else {
            throw ARMFailure(404, "DeletedVaultNotFound", "The deleted vault \(name) is not in \(place).")
        }
        return Answer(
            200,
            [
                "id": .string(request.path), "name": .string(vault.name),
                "type": "Microsoft.KeyVault/deletedVaults",
                "properties": [
                    "vaultId": .string(vault.id), "location": .string(place), "tags": vault.content["tags"] ?? [:],
                    "deletionDate": "2026-01-01T00:00:00Z", "scheduledPurgeDate": "2026-01-31T00:00:00Z",
                    "purgeProtectionEnabled": vault.content["properties"]?["enablePurgeProtection"] ?? false,
                ],
            ]
        )
    }

    // MARK: - Operations

    mutating func operation(
        _ request: RecordedRequest,
        _ id: String,
        isLocation: Bool
    ) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        guard var operation = operations[id] else {
            throw ARMFailure(404, "NotFound", "There is no operation '\(id)'.")
        }
        if !faults.isHung { operation.looks -= 1 }
        operations[id] = operation
        guard operation.looks <= 0 else {
            guard isLocation else { return Answer(200, ["status": "InProgress"], headers: [("Retry-After", "0")]) }
            let location = "\(url)\(request.path)?api-version=2021-04-01"
            return Answer(202, headers: [("Location", location), ("Retry-After", "0")])
        }
        if let failure = operation.failure {
            if isLocation { throw failure }
            return Answer(200, ["status": "Failed", "error": failure.json])
        }
        if operation.looks == 0 { finish(operation.work) }
        if isLocation { return Answer(operation.result == nil ? 204 : 200, operation.result) }
        return Answer(200, ["status": "Succeeded"])
    }

    mutating func finish(_ work: Operation.Work) {
        switch work {
        case .deletion(let keys): for key in keys { finishDeletion(key) }
        case .groupDeletion(let key):
            groups[key] = nil
            for (id, resource) in resources where resource.group.lowercased() == key { takeAway(id) }
            for id in deployments.keys where id.hasPrefix(key + "/") { deployments[id] = nil }
        case .restart(let key), .start(let key):
            let time = now()
            resources[key]?.restarts += 1
            resources[key]?.power = "PowerState/running"
            resources[key]?.provisioning = "succeeded"
            resources[key]?.changedAt = time
        case .deployment, .none: break
        }
    }
}
