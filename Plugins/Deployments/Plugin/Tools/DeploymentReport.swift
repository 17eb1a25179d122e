// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors

/// A deployment as an assistant and a person read of it.
struct DeploymentReport: Sendable {
    let record: DeploymentRecord
    let folder: DeploymentFolder

    /// The few things that a list tells.
    var line: JSONObject {
        var line: JSONObject = [
            "deployment_id": .string(record.id), "name": .string(record.specification.name),
            "phase": .string(record.phase.rawValue), "deployment_type": .string(record.deployer.name),
            "profile": .string(record.specification.profile), "server_url": .string(guiAddress),
            "created": .string(record.created), "expires": record.expires.map(JSONValue.string) ?? .null,
            "is_expired": .bool(record.isExpired(.now)),
        ]
        if let number = record.notes.caseNumber { line["case_number"] = .string(number) }
        if !record.notes.tags.isEmpty { line["tags"] = .array(record.notes.tags.map(JSONValue.string)) }
        if let description = record.notes.description { line["description"] = .string(description) }
        return line
    }

    /// All that is known of it without asking anybody.
    var whole: JSONObject {
        var whole = line
        let specification = record.specification
        whole["agents_url"] = .string(agentsAddress)
        whole["api"] = .string("\(specification.apiTarget)")
        whole["api_config"] = .string(folder.apiClient)
        whole["client_config"] = .string(folder.clientConfig)
        whole["folder"] = .string(folder.path)
        whole["admin_user"] = .string(record.administrator)
        whole["api_user"] = .string(record.apiUser)
        whole["secrets"] = .object(
            JSONObject(record.secrets.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        )
        whole["resources"] = .array(record.resources.map(Self.json))
        if let operation = record.operation { whole["operation"] = Self.json(operation) }
        whole["history"] = .array(record.history.suffix(10).map(Self.json))
        return whole
    }

    var guiAddress: String {
        "https://\(bracketed(record.specification.hostname)):\(record.specification.gui.port)/app/index.html"
    }

    var agentsAddress: String {
        "https://\(bracketed(record.specification.hostname)):\(record.specification.frontend.port)/"
    }

    private func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    // MARK: - Parts

    static func json(_ resource: DeployedResource) -> JSONValue {
        var object: JSONObject = [
            "kind": .string(resource.kind), "name": .string(resource.name), "id": .string(resource.id),
        ]
        if let exists = resource.exists { object["exists"] = .bool(exists) }
        if let holdsData = resource.holdsData { object["holds_data"] = .bool(holdsData) }
        return .object(object)
    }

    static func json(_ operation: OperationRecord) -> JSONValue {
        var object: JSONObject = [
            "kind": .string(operation.kind), "started": .string(operation.started),
            "steps": .array(
                operation.steps.map { step in
                    var entry: JSONObject = ["title": .string(step.title), "status": .string(step.status.rawValue)]
                    if let message = step.message { entry["message"] = .string(message) }
                    return .object(entry)
                }
            ),
        ]
        if let failure = operation.failure {
            var entry: JSONObject = ["code": .string(failure.code), "message": .string(failure.message)]
            if let hint = failure.hint, !hint.isEmpty { entry["hint"] = .string(hint) }
            object["failure"] = .object(entry)
        }
        return .object(object)
    }

    static func json(_ summary: OperationSummary) -> JSONValue {
        [
            "kind": .string(summary.kind), "ended": .string(summary.ended), "outcome": .string(summary.outcome),
            "message": .string(summary.message),
        ]
    }

    static func json(_ check: DeploymentCheck) -> JSONValue {
        ["name": .string(check.name), "status": .string(check.status.rawValue), "message": .string(check.message)]
    }

    static func json(_ problem: DeploymentProblem) -> JSONValue {
        var object: JSONObject = [
            "severity": .string(problem.severity.rawValue), "message": .string(problem.message),
        ]
        if let field = problem.field { object["field"] = .string(field) }
        if let hint = problem.hint, !hint.isEmpty { object["hint"] = .string(hint) }
        return .object(object)
    }
}

extension DeploymentSpecification {
    /// Where a client on this machine reaches the API: the address that it listens on, or the host's name where it
    /// listens on all.
    var apiTarget: String {
        let host = api.address == "0.0.0.0" || api.address == "::" ? hostname : api.address
        return host.contains(":") ? "[\(host)]:\(api.port)" : "\(host):\(api.port)"
    }
}
