// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Runs Velociraptor servers in AWS, each as one CloudFormation stack.
struct AWSDeployer: Deployer {
    let name = "aws"
    let title = "Amazon Web Services"
    let description =
        "Runs the server as one self-healing machine in EC2, made by CloudFormation: encrypted data that outlives it,"
        + " snapshots, no open port that nobody asked for. \(ServerShape.frontendLimits)"
    let options = AWSOptions.schema
    let exports = StackExport.formats
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        do throws(MegaraptorError) {
            let client = try await AWSTask.client(try AWSOptions(options), surroundings)
            let identity = try await CallerIdentity(client)
            return Usability(
                usable: true,
                facts: [
                    "account": identity.account, "identity": identity.arn, "region": client.region.name,
                    "credentials": try await client.credentialsSource(),
                ]
            )
        } catch {
            if error.code == .cancelled { throw error }
            return Usability(usable: false, reasons: ["\(error.message) \(error.hint)"])
        }
    }

    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        do throws(MegaraptorError) {
            return try await Validation(task: try await task(request)).problems()
        } catch {
            if error.code == .cancelled { throw error }
            return [DeploymentProblem(.error, error.message, hint: error.hint)]
        }
    }

    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan {
        try await Planner(task: try await task(request)).plan(operation)
    }

    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await StepRunner(task: try await task(request), plan: plan, context: context).run(step, operation)
    }

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        try await Remover(task: try await task(request), context: context).plan(data: data)
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await Remover(task: try await task(request), context: context).run(step, of: plan)
    }

    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        do throws(MegaraptorError) {
            return try await StatusReport(task: try await task(request)).look()
        } catch {
            if error.code == .cancelled { throw error }
            return DeployedStatus(.unknown, "How it is cannot be found out: \(error.message) \(error.hint)")
        }
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        try await ServerLogs(task: try await task(request)).latest(lines)
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        var request = request
        var remark = ""
        do throws(MegaraptorError) {
            _ = try DeployerState(request.state)
        } catch {
            request.state = nil
            remark = " \(error.message) It was made anew, without the program before the latest upgrade."
        }
        return try await Recovery(task: try await task(request), remark: remark).look()
    }

    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        try StackExport.files(request, format: format)
    }

    private func task(_ request: DeploymentRequest) async throws(MegaraptorError) -> AWSTask {
        try await AWSTask(request, surroundings)
    }
}
