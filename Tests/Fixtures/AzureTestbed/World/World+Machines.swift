// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    /// What can be asked of a resource beyond itself.
    mutating func act(_ request: RecordedRequest, _ id: ResourceID, _ action: String) throws(ARMFailure) -> Answer {
        let key = id.text.lowercased()
        guard let resource = resources[key] else { throw .notFound(id.type, id.name, id.group) }
        switch (request.method, id.type.lowercased(), action) {
        case ("POST", "microsoft.compute/virtualmachines", "restart"):
            guard resource.power == "PowerState/running" else {
                throw ARMFailure(409, "OperationNotAllowed", "The machine is not running, so it cannot be restarted.")
            }
            return begin(.restart(key), key)
        case ("POST", "microsoft.compute/virtualmachines", "start"): return begin(.start(key), key)
        case ("GET", "microsoft.compute/virtualmachines", "instanceview"):
            advanceMachine(key)
            return Answer(200, instanceView(resources[key] ?? resource))
        case ("POST", "microsoft.compute/virtualmachines", "retrievebootdiagnosticsdata"):
            guard resource.content["properties"]?["diagnosticsProfile"]?["bootDiagnostics"]?["enabled"] == true else {
                throw ARMFailure(409, "OperationNotAllowed", "Boot diagnostics are not enabled for the machine.")
            }
            return Answer(
                200,
                [
                    "consoleScreenshotBlobUri": .string("\(url)/console/\(resource.name).bmp?sig=shown"),
                    "serialConsoleLogBlobUri": .string("\(url)/console/\(resource.name).log?sig=shown"),
                ]
            )
        case ("GET", "microsoft.recoveryservices/vaults", "backupprotecteditems"):
            let items = resources.values.filter {
                $0.id.lowercased().hasPrefix(key + "/") && $0.type.lowercased().hasSuffix("/protecteditems")
            }
            return Answer(200, ["value": .array(items.map { $0.json(in: self) })])
        default: throw Self.methodNotAllowed(request)
        }
    }

    /// Each look lets what was begun with a machine come on.
    private mutating func advanceMachine(_ key: String) {
        guard !faults.isHung else { return }
        for (id, operation) in operations where operation.looks > 0 {
            guard operation.work == .restart(key) || operation.work == .start(key) else { continue }
            operations[id]?.looks -= 1
            if operation.looks == 1 { finish(operation.work) }
        }
    }

    private mutating func begin(_ work: Operation.Work, _ key: String) -> Answer {
        let id = uuid()
        resources[key]?.provisioning = "updating"
        operations[id] = Operation(work: work)
        let place = "\(url)/subscriptions/\(AzureTestbed.subscription)/providers/Microsoft.Compute/locations/westeurope"
        let status = "\(place)/operations/\(id)?api-version=2024-07-01"
        return Answer(202, headers: [("Azure-AsyncOperation", status), ("Retry-After", "0")])
    }

    private func instanceView(_ resource: Resource) -> JSONValue {
        let agent = resource.power == "PowerState/running" ? resource.agent : "Not Ready"
        var view: JSONObject = [
            "statuses": [
                [
                    "code": .string("ProvisioningState/\(resource.provisioning)"), "level": "Info",
                    "time": .string(resource.changedAt),
                ],
                ["code": .string(resource.power), "level": "Info"],
            ]
        ]
        if let agent { view["vmAgent"] = ["vmAgentVersion": "2.9", "statuses": [["displayStatus": .string(agent)]]] }
        return .object(view)
    }
}
