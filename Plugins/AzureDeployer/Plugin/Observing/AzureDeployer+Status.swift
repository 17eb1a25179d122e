// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension AzureDeployer {
    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        do throws(MegaraptorError) {
            return try await Self.status(try await task(request))
        } catch {
            let silences: [MegaraptorError.Code] = [
                .unavailable, .permissionDenied, .unauthenticated, .deadlineExceeded, .resourceExhausted,
            ]
            guard silences.contains(error.code) else { throw error }
            return DeployedStatus(
                .unknown,
                "Azure cannot be asked: \(error.message) \(error.hint)",
                checks: [DeploymentCheck("azure", .unknown, error.message)]
            )
        }
    }

    private static func status(_ task: AzureTask) async throws(MegaraptorError) -> DeployedStatus {
        let inventory = try await task.inventory()
        var checks = [DeploymentCheck("azure", .ok, "\(task.client.cloud.name) answers.")]
        guard inventory.group != nil else {
            let words =
                inventory.isForeign
                ? "Somebody else has a resource group \(task.groupName)." : "Nothing of it is in Azure."
            return DeployedStatus(.missing, words, checks: checks)
        }
        checks.append(deploymentCheck(inventory))
        let view = try await task.instanceView()
        if let view { checks += machineChecks(view) }
        let drift = Drift(inventory, view)
        if let check = try drift.check() { checks.append(check) }
        let (condition, summary) = judged(inventory, view)
        // When the machine has started Azure does not say: only when it last changed something about it.
        return DeployedStatus(
            condition,
            summary,
            version: inventory.deployment?.parameter("programVersion"),
            checks: checks,
            resources: inventory.resources,
            drift: try await drift.sentences()
        )
    }

    private static func deploymentCheck(_ inventory: Inventory) -> DeploymentCheck {
        guard let record = inventory.deployment else {
            return DeploymentCheck("deployment", .failed, "There is no deployment in the resource group.")
        }
        let words = "The deployment is \(record.state), correlation id \(record.correlation)."
        return DeploymentCheck(
            "deployment",
            record.isActive ? .unknown : record.hasSucceeded ? .ok : .failed,
            words
        )
    }

    private static func machineChecks(_ view: MachineView) -> [DeploymentCheck] {
        let isRunning = view.power == "running"
        var checks = [
            DeploymentCheck("machine.power", isRunning ? .ok : .failed, "The machine is \(view.power)."),
            DeploymentCheck(
                "machine.provisioning",
                view.isBusy ? .unknown : view.provisioning == "succeeded" ? .ok : .failed,
                "Azure's last change of the machine: \(view.outcome)."
            ),
        ]
        if isRunning {
            let agent = view.agent ?? "silent"
            let status: DeploymentCheck.Status = view.isReady ? .ok : view.agent == nil ? .unknown : .warning
            checks.append(DeploymentCheck("machine.agent", status, "Azure's agent on the machine is \(agent)."))
        }
        checks.append(
            DeploymentCheck(
                "server",
                .unknown,
                "Azure does not see into the machine: whether the server answers is seen from where it may be reached."
            )
        )
        return checks
    }

    private static func judged(
        _ inventory: Inventory,
        _ view: MachineView?
    ) -> (DeployedStatus.Condition, String) {
        if inventory.deployment?.isActive == true { return (.starting, "Azure is still at work on the deployment.") }
        guard let view else {
            return inventory.ours.isEmpty
                ? (.missing, "There is an empty resource group.")
                : (.missing, "There is no machine; other parts are left.")
        }
        switch view.power {
        case "running" where view.provisioning != "succeeded" || inventory.deployment?.hasSucceeded != true:
            return (.degraded, "The machine runs, but Azure's latest change has not ended well.")
        case "running" where !view.isReady:
            let agent = view.agent ?? "silent"
            return (.degraded, "The machine runs, but Azure's agent on it is \(agent): it may still start, or hang.")
        case "running": return (.running, "The machine runs, and the deployment has ended well.")
        case "starting": return (.starting, "The machine starts.")
        case "unknown": return (.unknown, "Azure does not say whether the machine runs.")
        default: return (.stopped, "The machine is \(view.power).")
        }
    }
}
