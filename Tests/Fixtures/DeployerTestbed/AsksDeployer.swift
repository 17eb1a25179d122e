// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import JSONValue
public import MegaraptorPluginTesting

/// Asks a plugin's deployer as the deployment core does: by messages.
public protocol AsksDeployer {
    /// The name of its provider.
    static var deployer: String { get }
    var plugin: PluginUnderTest { get }
}

extension AsksDeployer {
    public func ask(
        _ operation: String,
        _ request: DeploymentRequest,
        _ more: JSONObject = [:]
    ) async throws -> JSONValue {
        var arguments = try JSONValueEncoder().encode(request).objectValue ?? [:]
        for (name, value) in more { arguments[name] = value }
        return try await plugin.request(
            "provider/\(operation)",
            [
                "interface": .string(deployInterface), "provider": .string(Self.deployer),
                "arguments": .object(arguments),
            ]
        )
    }

    public func ask<Answer: Decodable>(
        _ type: Answer.Type,
        _ operation: String,
        _ request: DeploymentRequest,
        _ more: JSONObject = [:]
    ) async throws -> Answer {
        try JSONValueDecoder().decode(type, from: try await ask(operation, request, more))
    }

    public func status(_ request: DeploymentRequest) async throws -> DeployedStatus {
        try await ask(DeployedStatus.self, "status", request)
    }

    // MARK: - Steps

    public static func steps(_ plan: JSONValue) -> [String] {
        (plan["steps"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    public func plan(_ operation: DeploymentOperation, _ request: DeploymentRequest) async throws -> JSONValue {
        try await ask("plan", request, ["operation": .string(operation.rawValue)])
    }

    @discardableResult
    public func apply(
        _ step: String,
        of plan: JSONValue,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest
    ) async throws -> StepOutcome {
        try await ask(
            StepOutcome.self,
            "apply",
            request,
            [
                "operation": .string(operation.rawValue), "plan": plan, "digest": plan["digest"] ?? .null,
                "step": .string(step),
            ]
        )
    }

    /// Plans an operation and does all of its steps, each twice where asked: the second time must change nothing.
    @discardableResult
    public func run(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        twice: Bool = false
    ) async throws -> [String] {
        let plan = try await plan(operation, request)
        for step in Self.steps(plan) {
            for _ in 0..<(twice ? 2 : 1) { try await apply(step, of: plan, operation, request) }
        }
        return Self.steps(plan)
    }

    @discardableResult
    public func destroy(_ request: DeploymentRequest, data: Bool, twice: Bool = false) async throws -> [String] {
        let plan = try await ask("removal", request, ["delete_data": .bool(data)])
        for step in Self.steps(plan) {
            for _ in 0..<(twice ? 2 : 1) {
                _ = try await ask(
                    "destroy",
                    request,
                    ["plan": plan, "digest": plan["digest"] ?? .null, "step": .string(step)]
                )
            }
        }
        return Self.steps(plan)
    }
}
