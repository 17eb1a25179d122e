// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What Azure adds to what a template says.
extension World {
    mutating func complete(_ resource: inout Resource, _ before: Resource?) {
        var properties = resource.content["properties"]?.objectValue ?? [:]
        properties["provisioningState"] = "Succeeded"
        let old = before?.content["properties"]
        func kept(_ name: String, _ new: @autoclosure () -> String) {
            properties[name] = old?[name] ?? .string(new())
        }
        switch resource.type.lowercased() {
        case "microsoft.network/publicipaddresses":
            kept("ipAddress", "203.0.113.\(made.count % 250 + 1)")
            if let label = properties["dnsSettings"]?["domainNameLabel"]?.stringValue {
                let location = resource.content["location"]?.stringValue ?? ""
                let fqdn = "\(label).\(location).cloudapp.azure.com"
                properties["dnsSettings"] = ["domainNameLabel": .string(label), "fqdn": .string(fqdn)]
            }
        case "microsoft.network/networkinterfaces":
            let list = (properties["ipConfigurations"]?.arrayValue ?? []).map { item -> JSONValue in
                var item = item.objectValue ?? [:]
                var inner = item["properties"]?.objectValue ?? [:]
                inner["privateIPAddress"] = inner["privateIPAddress"] ?? "10.20.0.4"
                item["properties"] = .object(inner)
                return .object(item)
            }
            properties["ipConfigurations"] = .array(list)
        case "microsoft.keyvault/vaults":
            kept("vaultUri", "https://\(resource.name).vault.azure.net/")
        case "microsoft.keyvault/vaults/secrets":
            if let value = properties["value"]?.stringValue { resource.secrets.append(value) }
            properties["value"] = nil
            let vault = resource.name.split(separator: "/").first.map(String.init) ?? ""
            let secret = resource.name.split(separator: "/").last.map(String.init) ?? ""
            let uri = "https://\(vault).vault.azure.net/secrets/\(secret)"
            properties["secretUri"] = .string(uri)
            properties["secretUriWithVersion"] = .string("\(uri)/\(uuid().filter { $0 != "-" })")
        case "microsoft.managedidentity/userassignedidentities":
            let (principal, client) = (uuid(), uuid())
            kept("principalId", principal)
            kept("clientId", client)
            properties["tenantId"] = .string(AzureTestbed.tenant)
        default: completeOthers(&properties, &resource, old)
        }
        resource.content["properties"] = .object(properties)
        completeIdentity(&resource, before)
    }

    private mutating func completeOthers(
        _ properties: inout JSONObject,
        _ resource: inout Resource,
        _ old: JSONValue?
    ) {
        switch resource.type.lowercased() {
        case "microsoft.compute/virtualmachines":
            let id = uuid()
            properties["vmId"] = old?["vmId"] ?? .string(id)
            resource.changedAt = now()
            properties["timeCreated"] = old?["timeCreated"] ?? .string(now())
            var profile = properties["osProfile"]?.objectValue ?? [:]
            profile["adminPassword"] = nil
            properties["osProfile"] = .object(profile)
        case "microsoft.compute/virtualmachines/extensions", "microsoft.compute/virtualmachines/runcommands":
            properties["protectedSettings"] = nil
        case "microsoft.operationalinsights/workspaces":
            let id = uuid()
            properties["customerId"] = old?["customerId"] ?? .string(id)
        case "microsoft.insights/datacollectionendpoints":
            properties["logsIngestion"] = ["endpoint": "https://test.ingest.monitor.azure.com"]
        case "microsoft.compute/disks":
            properties["diskState"] = old?["diskState"] ?? "Unattached"
        default: break
        }
    }

    private mutating func completeIdentity(_ resource: inout Resource, _ before: Resource?) {
        guard var identity = resource.content["identity"]?.objectValue else { return }
        let type = identity["type"]?.stringValue ?? ""
        if type.contains("SystemAssigned") {
            identity["principalId"] = before?.content["identity"]?["principalId"] ?? .string(uuid())
            identity["tenantId"] = .string(AzureTestbed.tenant)
        }
        resource.content["identity"] = .object(identity)
    }

    /// The disk that a machine brings; it gets the machine's tags, as in Azure.
    mutating func makeSystemDisk(_ machine: Resource) {
        let disk = machine.content["properties"]?["storageProfile"]?["osDisk"]
        let name = disk?["name"]?.stringValue ?? "\(machine.name)_OsDisk_1"
        let text =
            "/subscriptions/\(AzureTestbed.subscription)/resourceGroups/\(machine.group)/providers/Microsoft.Compute/disks"
            + "/\(name)"
        guard resources[text.lowercased()] == nil, let id = ResourceID(text) else { return }
        var resource = Resource(id: id, apiVersion: "2024-03-02")
        resource.content = [
            "location": machine.content["location"] ?? "", "tags": machine.content["tags"] ?? [:],
            "properties": [
                "osType": "Linux", "diskState": "Attached", "provisioningState": "Succeeded",
                "managedByMachine": .string(machine.id.lowercased()),
            ],
        ]
        resources[text.lowercased()] = resource
    }
}
