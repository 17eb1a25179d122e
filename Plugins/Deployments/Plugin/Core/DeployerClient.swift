// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// One deployer, as the deployment core asks it: through the host's broker, wherever its code is.
struct DeployerClient: Sendable {
    /// Carries one question. Which call it is on behalf of is the carrier's affair.
    typealias Carrier = @Sendable (ProviderCall) async throws(MegaraptorError) -> JSONValue

    let info: ProviderInfo
    let carry: Carrier
    /// How long one step may take; other questions take as long as the host lets them.
    var stepLimit: Duration = .seconds(1800)

    // MARK: - Questions that change nothing

    func usable(_ options: JSONValue) async throws(MegaraptorError) -> Usability {
        try await ask("usable", ["options": options])
    }

    func validate(_ request: DeploymentRequest) async throws(MegaraptorError) -> [DeploymentProblem] {
        let answer: Problems = try await ask("validate", try Self.members(of: request))
        return answer.problems
    }

    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest
    ) async throws(MegaraptorError) -> DeploymentPlan {
        var arguments = try Self.members(of: request)
        arguments["operation"] = .string(operation.rawValue)
        return try await ask("plan", arguments)
    }

    func removal(_ request: DeploymentRequest, data: Bool) async throws(MegaraptorError) -> RemovalPlan {
        var arguments = try Self.members(of: request)
        arguments["delete_data"] = .bool(data)
        return try await ask("removal", arguments)
    }

    func status(_ request: DeploymentRequest) async throws(MegaraptorError) -> DeployedStatus {
        try await ask("status", try Self.members(of: request))
    }

    func logs(_ request: DeploymentRequest, lines: Int) async throws(MegaraptorError) -> DeploymentLogs {
        var arguments = try Self.members(of: request)
        arguments["lines"] = JSONValue(lines)
        return try await ask("logs", arguments)
    }

    func recover(_ request: DeploymentRequest) async throws(MegaraptorError) -> RecoveredState {
        try await ask("recover", try Self.members(of: request))
    }

    func export(_ request: DeploymentRequest, format: String) async throws(MegaraptorError) -> [ExportedFile] {
        var arguments = try Self.members(of: request)
        arguments["format"] = .string(format)
        let answer: Files = try await ask("export", arguments)
        return answer.files
    }

    // MARK: - Steps

    /// One step of an operation: `apply` of a plan, or `destroy` of a removal.
    func step(
        _ operation: OperationRecord,
        _ step: String,
        _ request: DeploymentRequest,
        progress: ProviderCall.ProgressPart? = nil
    ) async throws(MegaraptorError) -> StepOutcome {
        var arguments = try Self.members(of: request)
        arguments["plan"] = operation.plan
        arguments["digest"] = .string(operation.digest)
        arguments["step"] = .string(step)
        guard operation.kind != OperationRecord.destroy else {
            return try await ask("destroy", arguments, stepLimit, progress)
        }
        arguments["operation"] = .string(operation.kind)
        return try await ask("apply", arguments, stepLimit, progress)
    }

    // MARK: - Messages

    private struct Problems: Decodable { var problems: [DeploymentProblem] }
    private struct Files: Decodable { var files: [ExportedFile] }

    private func ask<Answer: Decodable>(
        _ operation: String,
        _ arguments: JSONObject,
        _ timeout: Duration? = nil,
        _ progress: ProviderCall.ProgressPart? = nil
    ) async throws(MegaraptorError) -> Answer {
        let answer = try await carry(
            ProviderCall(
                deployInterface,
                info.name,
                operation,
                .object(arguments),
                timeout: timeout,
                progress: progress
            )
        )
        do {
            return try JSONValueDecoder().decode(Answer.self, from: answer)
        } catch {
            throw MegaraptorError(
                .internal,
                "The deployer \(info.name) answered \(operation) in a shape that \(deployInterface) does not know: \(error).",
                hint: "This is a fault of the plugin \(info.plugin); report it to its author."
            )
        }
    }

    private static func members(of request: DeploymentRequest) throws(MegaraptorError) -> JSONObject {
        try encoded(request).objectValue ?? [:]
    }
}

/// A value of the contract as JSON.
func encoded(_ value: some Encodable) throws(MegaraptorError) -> JSONValue {
    do {
        return try JSONValueEncoder().encode(value)
    } catch {
        throw MegaraptorError(.internal, "A message cannot be written: \(error).")
    }
}
