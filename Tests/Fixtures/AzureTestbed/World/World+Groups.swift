// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    private var subscription: String { AzureTestbed.subscription }

    func subscriptionAnswer(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        try requireVersion(request, ["2020-01-01", "2022-12-01"], "subscriptions")
        return Answer(
            200,
            [
                "id": .string("/subscriptions/\(subscription)"), "subscriptionId": .string(subscription),
                "tenantId": .string(AzureTestbed.tenant), "displayName": "Test", "state": "Enabled",
            ]
        )
    }

    func locations(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        try requireVersion(request, ["2020-01-01", "2022-12-01"], "locations")
        let names = ["westeurope", "northeurope", "eastus", "usgovvirginia", "chinanorth3"]
        let list = names.map { name -> JSONValue in
            ["id": .string("/subscriptions/\(subscription)/locations/\(name)"), "name": .string(name)]
        }
        // In two pages, as long lists come.
        guard request.query["$skiptoken"] == nil else { return Answer(200, ["value": .array(Array(list[2...]))]) }
        let next = "\(url)\(request.path)?api-version=2022-12-01&$skiptoken=2"
        return Answer(200, ["value": .array(Array(list[..<2])), "nextLink": .string(next)])
    }

    func machineSizes(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        try requireVersion(request, ["2023-07-01", "2024-07-01", "2024-11-01"], "locations/vmSizes")
        let sizes: [(String, Int64, Int64)] = [
            ("Standard_B1ms", 1, 2048), ("Standard_B2s", 2, 4096), ("Standard_B2ms", 2, 8192),
            ("Standard_B2s_v2", 2, 8192), ("Standard_B4ms", 4, 16384), ("Standard_B2als_v2", 2, 4096),
            ("Standard_B2as_v2", 2, 8192), ("Standard_B4as_v2", 4, 16384), ("Standard_D2s_v5", 2, 8192),
            ("Standard_D4s_v5", 4, 16384), ("Standard_D8s_v5", 8, 32768), ("Standard_D16s_v5", 16, 65536),
            ("Standard_D2as_v5", 2, 8192), ("Standard_D4as_v5", 4, 16384), ("Standard_D8as_v5", 8, 32768),
            ("Standard_E4s_v5", 4, 32768), ("Standard_E8s_v5", 8, 65536), ("Standard_D2ps_v5", 2, 8192),
            ("Standard_D4ps_v5", 4, 16384), ("Standard_B2pts_v2", 2, 1024), ("Standard_B2pls_v2", 2, 4096),
            ("Standard_B2ps_v2", 2, 8192), ("Standard_B4ps_v2", 4, 16384), ("Standard_D8ps_v5", 8, 32768),
            ("Standard_D2pls_v5", 2, 4096), ("Standard_D32s_v5", 32, 131_072), ("Standard_D16ps_v5", 16, 65536),
        ]
        let list = sizes.map { size -> JSONValue in
            ["name": .string(size.0), "numberOfCores": .integer(size.1), "memoryInMB": .integer(size.2)]
        }
        return Answer(200, ["value": .array(list)])
    }

    func groupList(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        guard request.method == "GET" else { throw Self.methodNotAllowed(request) }
        try requireVersion(request, ResourceTypes.resources, "resourceGroups")
        let filter = try TagFilter(request.query["$filter"])
        let found = groups.values.filter { filter.takes($0.tags) }.sorted { $0.name < $1.name }
        return Answer(200, ["value": .array(found.map { $0.json(subscription) })])
    }

    mutating func group(_ request: RecordedRequest, _ name: String) throws(ARMFailure) -> Answer {
        try requireVersion(request, ResourceTypes.resources, "resourceGroups")
        let key = name.lowercased()
        switch request.method {
        case "PUT": return try putGroup(request, name)
        case "GET":
            guard let group = groups[key] else { throw noGroup(name) }
            return Answer(200, group.json(subscription))
        case "HEAD": return Answer(groups[key] == nil ? 404 : 204)
        case "PATCH":
            guard var group = groups[key] else { throw noGroup(name) }
            for key in request.body.objectValue?.keys ?? [] where !["tags", "properties", "managedBy"].contains(key) {
                throw .badRequest("The member '\(key)' cannot be changed.")
            }
            if let tags = request.body["tags"]?.objectValue { group.tags = tags }
            groups[key] = group
            return Answer(200, group.json(subscription))
        case "DELETE":
            guard groups[key] != nil else { throw noGroup(name) }
            return try deleteGroup(key)
        default: throw Self.methodNotAllowed(request)
        }
    }

    private mutating func putGroup(_ request: RecordedRequest, _ name: String) throws(ARMFailure) -> Answer {
        let key = name.lowercased()
        guard name.count <= 90, !name.hasSuffix("."),
            name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.()".contains($0) })
        else { throw ARMFailure(400, "InvalidResourceGroup", "The group name '\(name)' is not allowed.") }
        let body = request.body.objectValue ?? [:]
        for key in body.keys where !["location", "tags", "properties", "managedBy"].contains(key) {
            throw .badRequest("Could not find member '\(key)' on object of type 'ResourceGroupDefinition'.")
        }
        guard let location = body["location"]?.stringValue, !location.isEmpty else {
            throw ARMFailure(400, "LocationRequired", "The location property is required for this definition.")
        }
        let tags = body["tags"]?.objectValue ?? [:]
        try Self.check(tags)
        guard let existing = groups[key] else {
            groups[key] = Group(name: name, location: location, tags: tags)
            return Answer(201, groups[key]?.json(subscription))
        }
        guard !existing.isBeingDeleted else {
            throw ARMFailure(409, "ResourceGroupBeingDeleted", "The resource group '\(name)' is being deleted.")
        }
        guard existing.location == location else {
            throw ARMFailure(
                409,
                "InvalidResourceGroupLocation",
                "Invalid resource group location '\(location)'. The resource group already exists in"
                    + " '\(existing.location)'."
            )
        }
        groups[key]?.tags = tags
        return Answer(200, groups[key]?.json(subscription))
    }

    private mutating func deleteGroup(_ key: String) throws(ARMFailure) -> Answer {
        let id = uuid()
        var operation = Operation(work: .groupDeletion(key))
        let inside = resources.values.filter { $0.group.lowercased() == key }
        // A vault with backups, also deleted ones that stay for a while, holds its group.
        let hasBackups = inside.contains { $0.type.lowercased().hasSuffix("/protecteditems") }
        if hasBackups {
            operation.failure = ARMFailure(
                409,
                "ResourceGroupDeletionBlocked",
                "Deletion of resource group '\(key)' failed as resources could not be deleted: a Recovery Services vault"
                    + " still holds backup items."
            )
        } else {
            groups[key]?.isBeingDeleted = true
        }
        operations[id] = operation
        let location = "\(url)/subscriptions/\(subscription)/operationresults/\(id)?api-version=2021-04-01"
        return Answer(202, headers: [("Location", location), ("Retry-After", "0")])
    }

    /// Names and values as Azure limits them.
    static func check(_ tags: JSONObject) throws(ARMFailure) {
        guard tags.count <= 50 else { throw ARMFailure(400, "InvalidTags", "There are more than 50 tags.") }
        for (name, value) in tags {
            guard let text = value.stringValue, text.count <= 256, !name.isEmpty, name.count <= 512,
                !name.contains(where: { "<>%&\\?/".contains($0) })
            else { throw ARMFailure(400, "InvalidTagNameCharacters", "The tag '\(name)' is not allowed.") }
        }
    }
}

/// `tagName eq 'a' and tagValue eq 'b'`, the one filter that this endpoint knows.
struct TagFilter {
    private let name: String?
    private let value: String?

    init(_ text: String?) throws(ARMFailure) {
        guard let text else {
            (name, value) = (nil, nil)
            return
        }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0] == "tagName eq ", parts[2] == " and tagValue eq ", parts[4].isEmpty else {
            throw ARMFailure(400, "InvalidFilterInQueryString", "Invalid $filter '\(text)' specified.")
        }
        (name, value) = (parts[1], parts[3])
    }

    func takes(_ tags: JSONObject) -> Bool {
        guard let name, let value else { return true }
        return tags.contains { $0.key.lowercased() == name.lowercased() && $0.value.stringValue == value }
    }
}
