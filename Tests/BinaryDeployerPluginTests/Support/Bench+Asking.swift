// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Foundation
import JSONValue
import MegaraptorPluginTesting

extension Bench {
    func ask(_ operation: String, _ request: DeploymentRequest, _ more: JSONObject = [:]) async throws -> JSONValue {
        var arguments = try JSONValueEncoder().encode(request).objectValue ?? [:]
        for (name, value) in more { arguments[name] = value }
        return try await plugin.request(
            "provider/\(operation)",
            ["interface": .string(deployInterface), "provider": "binary", "arguments": .object(arguments)]
        )
    }

    func ask<Answer: Decodable>(
        _ type: Answer.Type,
        _ operation: String,
        _ request: DeploymentRequest,
        _ more: JSONObject = [:]
    ) async throws -> Answer {
        try JSONValueDecoder().decode(type, from: try await ask(operation, request, more))
    }

    func plan(_ operation: DeploymentOperation, _ request: DeploymentRequest) async throws -> JSONValue {
        try await ask("plan", request, ["operation": .string(operation.rawValue)])
    }

    @discardableResult
    func apply(
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
    func run(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        twice: Bool = false
    ) async throws -> [String] {
        let plan = try await plan(operation, request)
        for step in Self.steps(plan) {
            try await apply(step, of: plan, operation, request)
            if twice { try await apply(step, of: plan, operation, request) }
        }
        return Self.steps(plan)
    }

    @discardableResult
    func destroy(_ request: DeploymentRequest, data: Bool, twice: Bool = false) async throws -> [String] {
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

    static func steps(_ plan: JSONValue) -> [String] {
        (plan["steps"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    func status(_ request: DeploymentRequest) async throws -> DeployedStatus {
        try await ask(DeployedStatus.self, "status", request)
    }

    func problems(_ request: DeploymentRequest) async throws -> [DeploymentProblem] {
        let answer = try await ask("validate", request)
        return try JSONValueDecoder().decode(from: answer["problems"] ?? [])
    }

    /// Everything on the machine below the test's place, and its unit, but not the files of this side.
    func left() throws -> [String] {
        let all = FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []
        let mine = ["mine.yaml", "ca.pem"]
        var left = all.filter { !mine.contains($0) && !$0.hasPrefix("velociraptor-") && $0 != "bin" }
        if FileManager.default.fileExists(atPath: unit.path) { left.append("unit") }
        return left.sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: place.appending(path: path), encoding: .utf8)
    }

    func mode(_ path: String) throws -> Int? {
        let facts = try FileManager.default.attributesOfItem(atPath: place.appending(path: path).path)
        return facts[.posixPermissions] as? Int
    }

    /// How often the service was launched.
    var launches: Int {
        let journal = (try? String(contentsOf: unit.appendingPathExtension("journal"), encoding: .utf8)) ?? ""
        return journal.split(separator: "\n").count { $0.contains("Starting Frontend") }
    }
}
