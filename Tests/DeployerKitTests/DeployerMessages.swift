// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting

/// What the deployment core sends, as JSON that no type of the kit has made.
enum DeployerMessages {
    static let deployment: JSONValue = [
        "id": "vr-0123456789ab", "name": "main", "profile": "small",
        "limits": ["memory_mb": 2048, "cpus": JSONValue(1.5), "log_retention_days": 7],
        "hostname": "vr.example.org",
        "frontend": ["address": "0.0.0.0", "port": 8000], "gui": ["address": "127.0.0.1", "port": 8889],
        "api": ["address": "127.0.0.1", "port": 8001], "monitoring_port": 8003,
        "files": ["folder": "/d", "server_config": "/d/server.config.yaml", "ca_certificate": "/d/ca.pem"],
        "labels": ["org.megaraptor.deployment": "vr-0123456789ab"],
    ]

    static func request(_ more: JSONObject = [:]) -> JSONObject {
        var request: JSONObject = ["deployment": deployment, "options": [:], "state": .null]
        for (key, value) in more { request[key] = value }
        return request
    }

    static func ask(
        _ operation: String,
        _ more: JSONObject = [:],
        of deployer: String = "shelf"
    ) async throws -> JSONValue {
        let plugin = try await PluginUnderTest(ShelfPlugin.self)
        return try await plugin.ask(deployInterface, deployer, operation, .object(request(more)))
    }

    /// A plan, and what is sent with each of its steps.
    static func planned(_ operation: String = "create", _ more: JSONObject = [:]) async throws -> JSONObject {
        var message = request(more)
        message["operation"] = .string(operation)
        let plan = try await ask("plan", message)
        message["plan"] = plan
        message["digest"] = plan["digest"]
        return message
    }
}

extension JSONValue {
    /// The value with another one at a path of members.
    func with(_ value: JSONValue, at path: String...) -> JSONValue { with(value, at: path[...]) }

    private func with(_ value: JSONValue, at path: ArraySlice<String>) -> JSONValue {
        guard let first = path.first else { return value }
        var object = objectValue ?? [:]
        object[first] = (object[first] ?? [:]).with(value, at: path.dropFirst())
        return .object(object)
    }
}
