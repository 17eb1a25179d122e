// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Runs Velociraptor servers as virtual machines of Microsoft Azure, by Resource Manager deployments.
struct AzureDeployer: Deployer {
    /// How often Azure is asked where it does not say itself.
    struct Pace: Sendable {
        var interval: Duration = .seconds(10)
        var retries = RetryPolicy()
    }

    let name = "azure"
    let title = "Microsoft Azure"
    let description =
        "Runs the server as one virtual machine with an encrypted data disk, its configuration in a Key Vault that only"
        + " the machine reads, and daily backups. Nothing is open to anybody unless a range of addresses is given."
    let options = AzureOptions.schema
    let exports = TemplateExport.formats
    var pace = Pace()

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        do throws(MegaraptorError) {
            let connection = try await AzureConnection(try AzureOptions(options), pace)
            let found = try await connection.client.get(connection.subscriptionPath, APIVersions.subscriptions)
            return Usability(
                usable: true,
                facts: [
                    "cloud": connection.client.cloud.name, "subscription": connection.subscription,
                    "subscription_name": found["displayName"]?.stringValue ?? "",
                    "tenant": found["tenantId"]?.stringValue ?? "",
                ]
            )
        } catch {
            guard error.code != .cancelled else { throw error }
            return Usability(usable: false, reasons: ["\(error.message) \(error.hint)"])
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
        try await StepRunner(task: try await task(request), context: context).run(step)
    }

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        try await RemovalPlanner(task: try await task(request), takesData: data).plan()
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await Remover(task: try await task(request), context: context).run(step, of: plan)
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        try await MachineLogs(task: try await task(request)).latest(lines)
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        try await Recovery(task: try await task(request)).look()
    }

    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        try TemplateExport.files(request, format: format)
    }

    func task(_ request: DeploymentRequest) async throws(MegaraptorError) -> AzureTask {
        let options = try AzureOptions(request.options)
        return AzureTask(connection: try await AzureConnection(options, pace), request: request, options: options)
    }
}
