// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension World {
    /// - Parameter rest: the path from the deployment's name on.
    mutating func deployment(_ request: RecordedRequest, _ rest: [String]) throws(ARMFailure) -> Answer {
        try requireVersion(request, ResourceTypes.resources, "deployments")
        let (name, group) = (rest[0], request.segments[3])
        guard (1...64).contains(name.count), name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.()".contains($0) })
        else { throw ARMFailure(400, "InvalidDeploymentName", "The deployment name '\(name)' is not allowed.") }
        let key = "\(group)/\(name)".lowercased()
        switch (request.method, rest.dropFirst().first?.lowercased(), rest.count) {
        case ("PUT", nil, 1): return try putDeployment(request, key)
        case ("GET", nil, 1): return Answer(200, try advanced(key).json)
        case ("HEAD", nil, 1): return Answer(deployments[key] == nil ? 404 : 204)
        case ("DELETE", nil, 1): return try deleteDeployment(key)
        case ("POST", "validate", 2): return try validate(request)
        case ("POST", "whatif", 2): return try whatIf(request)
        case ("POST", "cancel", 2): return try cancel(key)
        case ("GET", "operations", 2): return Answer(200, ["value": .array(try found(key).done)])
        case ("GET", "operationstatuses", 3): return try status(key)
        default: throw Self.methodNotAllowed(request)
        }
    }

    private func found(_ key: String) throws(ARMFailure) -> Deployment {
        if let deployment = deployments[key] { return deployment }
        throw ARMFailure(404, "DeploymentNotFound", "Deployment '\(key)' could not be found.")
    }

    /// Each look lets it make one resource.
    private mutating func advanced(_ key: String) throws(ARMFailure) -> Deployment {
        _ = try found(key)
        advance(key)
        return try found(key)
    }

    private mutating func status(_ key: String) throws(ARMFailure) -> Answer {
        let deployment = try advanced(key)
        var body: JSONObject = ["status": .string(deployment.isActive ? "Running" : deployment.state)]
        if let failure = deployment.failure { body["error"] = failure.json }
        return Answer(200, .object(body), headers: deployment.isActive ? [("Retry-After", "0")] : [])
    }

    private mutating func putDeployment(_ request: RecordedRequest, _ key: String) throws(ARMFailure) -> Answer {
        let isNew = deployments[key] == nil
        if deployments[key]?.isActive == true {
            throw ARMFailure(
                409,
                "DeploymentActive",
                "Unable to edit or replace deployment '\(key)': previous deployment is still active."
            )
        }
        let group = request.segments[3]
        guard groups[group.lowercased()]?.isBeingDeleted == false else {
            throw ARMFailure(409, "ResourceGroupBeingDeleted", "The resource group '\(group)' is being deleted.")
        }
        let (document, scope, resources) = try expanded(request)
        try preflight(resources, scope)
        var deployment = Deployment(
            id: "\(scope.groupID)/providers/Microsoft.Resources/deployments/\(scope.deployment)",
            name: scope.deployment,
            group: scope.group,
            document: document,
            scope: scope,
            tags: request.body["tags"]?.objectValue ?? [:],
            correlation: uuid(),
            started: now(),
            queue: resources
        )
        try Self.check(deployment.tags)
        let answer = deployment.json
        deployment.state = "Running"
        deployments[key] = deployment
        let status = "\(url)\(deployment.id)/operationStatuses/\(uuid())?api-version=2021-04-01"
        return Answer(
            isNew ? 201 : 200,
            answer,
            headers: [("Azure-AsyncOperation", status), ("Retry-After", "0")]
        )
    }

    private mutating func validate(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        let (_, scope, resources) = try expanded(request)
        try preflight(resources, scope)
        let list = resources.map { JSONValue.object(["id": .string($0.id)]) }
        let result: JSONValue = ["properties": ["provisioningState": "Succeeded", "validatedResources": .array(list)]]
        guard faults.checksLater else { return Answer(200, result) }
        let id = uuid()
        var operation = Operation(work: .none, result: result)
        // What only comes to light later.
        for resource in resources {
            for (end, code) in faults.failing where resource.id.lowercased().hasSuffix(end.lowercased()) {
                operation.failure = ARMFailure(409, code, "The resource '\(resource.name)' cannot be made: \(code).")
            }
        }
        operations[id] = operation
        let location =
            "\(url)/subscriptions/\(AzureTestbed.subscription)/operationresults/\(id)?api-version=2021-04-01"
        return Answer(202, headers: [("Location", location), ("Retry-After", "0")])
    }

    private mutating func cancel(_ key: String) throws(ARMFailure) -> Answer {
        guard try found(key).isActive else {
            throw ARMFailure(409, "DeploymentCannotBeCancelled", "The deployment '\(key)' is not running.")
        }
        deployments[key]?.state = "Canceled"
        deployments[key]?.failure = ARMFailure(409, "DeploymentCanceled", "The deployment was canceled.")
        return Answer(204)
    }

    private mutating func deleteDeployment(_ key: String) throws(ARMFailure) -> Answer {
        guard !(try found(key).isActive) else {
            throw ARMFailure(409, "DeploymentBeingDeleted", "The deployment '\(key)' is still running.")
        }
        deployments[key] = nil
        let id = uuid()
        operations[id] = Operation(work: .none)
        let location =
            "\(url)/subscriptions/\(AzureTestbed.subscription)/operationresults/\(id)?api-version=2021-04-01"
        return Answer(202, headers: [("Location", location), ("Retry-After", "0")])
    }

    // MARK: - What is to be made

    /// Reads the body of a deployment as strictly as Azure.
    func expanded(
        _ request: RecordedRequest
    ) throws(ARMFailure) -> (TemplateDocument, TemplateScope, [TemplateResource]) {
        let body = request.body.objectValue ?? [:]
        for key in body.keys where !["properties", "tags"].contains(key) {
            throw .badRequest("Could not find member '\(key)' on object of type 'DeploymentContent'.")
        }
        let properties = body["properties"]?.objectValue ?? [:]
        let known: Set<String> = ["mode", "template", "parameters", "whatIfSettings", "debugSetting"]
        for key in properties.keys where !known.contains(key) {
            throw .badRequest("Could not find member '\(key)' on object of type 'DeploymentProperties'.")
        }
        guard properties["mode"] == "Incremental" else {
            throw ARMFailure(400, "InvalidDeploymentMode", "This endpoint takes the mode 'Incremental' alone.")
        }
        let document = try TemplateDocument(properties["template"] ?? .null)
        let segments = request.segments
        let group = groups[segments[3].lowercased()]
        var scope = TemplateScope(
            subscription: AzureTestbed.subscription,
            tenant: AzureTestbed.tenant,
            group: group?.name ?? segments[3],
            location: group?.location ?? "",
            deployment: segments[7],
            parameters: [:],
            variables: document.variables
        )
        scope.parameters = try document.bind(properties["parameters"]?.objectValue ?? [:], scope)
        let expansion = TemplateExpansion(document: document, scope: scope) { resources[$0] != nil }
        return (document, scope, try expansion.ordered())
    }

    /// What Azure checks of the values before it begins.
    private func preflight(_ list: [TemplateResource], _ scope: TemplateScope) throws(ARMFailure) {
        for resource in list {
            if let location = resource.body["location"] {
                let location = try scope.evaluate(location).stringValue ?? ""
                guard location == "global" || location == scope.location || resources[resource.id.lowercased()] == nil
                else {
                    throw ARMFailure(409, "InvalidResourceLocation", "The resource '\(resource.name)' is elsewhere.")
                }
            }
            if let tags = try resource.body["tags"].map({ (value) throws(ARMFailure) in try scope.evaluate(value) }) {
                try Self.check(tags.objectValue ?? [:])
            }
        }
    }

    // MARK: - Making it

    mutating func advance(_ key: String) {
        guard !faults.isHung, var deployment = deployments[key], deployment.isActive else { return }
        if deployment.queue.isEmpty {
            finish(&deployment)
        } else {
            let next = deployment.queue.removeFirst()
            do throws(ARMFailure) {
                try make(next, deployment.scope)
                deployment.made.append(next.id)
                deployment.done.append(record(next, deployment, nil))
            } catch {
                deployment.done.append(record(next, deployment, error))
                deployment.state = "Failed"
                deployment.failure = ARMFailure(
                    409,
                    "DeploymentFailed",
                    "At least one resource deployment operation failed. Please list deployment operations for details.",
                    target: deployment.id,
                    details: [error]
                )
            }
        }
        deployments[key] = deployment
    }

    private func finish(_ deployment: inout Deployment) {
        var scope = deployment.scope
        scope.lookUp = { id throws(ARMFailure) in try found(reference: id) }
        do throws(ARMFailure) {
            for (name, output) in deployment.document.outputs {
                if let condition = output["condition"], try scope.evaluate(condition) == false { continue }
                deployment.outputs[name] = [
                    "type": output["type"] ?? "String", "value": try scope.evaluate(output["value"] ?? .null),
                ]
            }
            deployment.state = "Succeeded"
        } catch {
            deployment.state = "Failed"
            deployment.failure = ARMFailure(400, "DeploymentOutputEvaluationFailed", error.message, details: [error])
        }
    }

    private mutating func record(
        _ resource: TemplateResource,
        _ deployment: Deployment,
        _ failure: ARMFailure?
    ) -> JSONValue {
        let id = uuid()
        var properties: JSONObject = [
            "provisioningOperation": "Create", "provisioningState": failure == nil ? "Succeeded" : "Failed",
            "timestamp": .string(now()), "duration": "PT1S", "statusCode": failure == nil ? "OK" : "Conflict",
            "targetResource": [
                "id": .string(resource.id), "resourceType": .string(resource.type),
                "resourceName": .string(resource.name),
            ],
        ]
        if let failure { properties["statusMessage"] = ["status": "Failed", "error": failure.json] }
        return [
            "id": .string("\(deployment.id)/operations/\(id)"), "operationId": .string(id),
            "properties": .object(properties),
        ]
    }
}
