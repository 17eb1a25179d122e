// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import MegaraptorErrors

/// How a deployment is, as AWS tells it.
struct StatusReport: Sendable {
    let task: AWSTask

    func look() async throws(MegaraptorError) -> DeployedStatus {
        let inventory = try await task.inventory()
        guard let stack = inventory.stack else {
            let left = inventory.resources.isEmpty ? "Nothing of it is there" : "Only what holds data is there"
            let foreign = inventory.foreign.map { " The \($0) is somebody else's." }.joined()
            return DeployedStatus(.missing, "\(left).\(foreign)", resources: inventory.resources)
        }
        let machine = inventory.machines.first(where: \.isRunning) ?? inventory.machines.first
        var system: [String: String]?
        if let machine { system = try await task.machines.checks(machine.id) }
        let condition = Self.condition(stack.status, machine, system)
        let program = DeployerState.Program(stack.parameters)
        return DeployedStatus(
            condition,
            "The stack is \(stack.status); \(machine.map { "the machine \($0.id) is \($0.state)" } ?? "there is no machine").",
            startedAt: machine?.launchedAt.map(Self.seconds),
            version: program?.version,
            checks: checks(stack, machine, system, inventory),
            resources: inventory.resources,
            drift: try await Drift(task: task, inventory: inventory, stack: stack).sentences()
        )
    }

    private static func condition(
        _ status: StackStatus,
        _ machine: Machine?,
        _ system: [String: String]?
    ) -> DeployedStatus.Condition {
        if status.isDeleting { return .stopped }
        if status.isUnderWay { return status.name.contains("ROLLBACK") ? .degraded : .starting }
        guard status.isStanding else { return .degraded }
        switch machine?.state {
        case "running":
            let values = Set((system ?? [:]).values)
            if values.contains("impaired") { return .degraded }
            return values.contains("initializing") ? .starting : .running
        case "pending": return .starting
        case "stopped", "stopping": return .stopped
        default: return .degraded
        }
    }

    private func checks(
        _ stack: Stack,
        _ machine: Machine?,
        _ system: [String: String]?,
        _ inventory: Inventory
    ) -> [DeploymentCheck] {
        let words = stack.reason.map { "\(stack.status): \($0)" } ?? "\(stack.status)"
        let isWell = stack.status.isStanding && !stack.status.hasGoneBack
        var checks = [
            DeploymentCheck("stack.state", isWell ? .ok : stack.status.isUnderWay ? .warning : .failed, words)
        ]
        if stack.status.hasGoneBack {
            checks[0] = DeploymentCheck("stack.state", .warning, "\(words): the latest update came to nothing.")
        }
        for name in ["instance", "system"] {
            let value = system?[name]
            let status: DeploymentCheck.Status =
                switch value {
                case "ok": .ok
                case "impaired": .failed
                case "initializing": .warning
                default: .unknown
                }
            checks.append(DeploymentCheck("machine.\(name)", status, value ?? "EC2 says nothing of it."))
        }
        let snapshots = inventory.snapshots.count
        checks.append(DeploymentCheck("backup.snapshots", .ok, "\(snapshots) snapshots of the data volume."))
        return checks
    }

    /// EC2 writes milliseconds.
    private static func seconds(_ moment: String) -> String {
        guard let dot = moment.firstIndex(of: ".") else { return moment }
        return moment[..<dot] + "Z"
    }
}
