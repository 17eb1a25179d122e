// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import JSONValue
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
        let isAttached = machine.map { inventory.dataVolume?.machines.contains($0.id) == true } ?? false
        let condition = Self.condition(stack.status, machine, system, isAttached: isAttached)
        let words = machine.map { "the machine \($0.id) is \($0.state), and EC2 does not see the server in it" }
        let program = DeployerState.Program(stack.parameters)
        return DeployedStatus(
            condition,
            "The stack is \(stack.status); \(words ?? "there is no machine").",
            startedAt: machine?.launchedAt.map(Self.seconds),
            version: program?.version,
            checks: checks(stack, machine, system, inventory),
            resources: inventory.resources,
            // What is on its way is not yet as it will be.
            drift: stack.status.isUnderWay
                ? [] : try await Drift(task: task, inventory: inventory, stack: stack).sentences()
        )
    }

    private static func condition(
        _ status: StackStatus,
        _ machine: Machine?,
        _ system: [String: String]?,
        isAttached: Bool
    ) -> DeployedStatus.Condition {
        if status.isDeleting { return .stopped }
        if status.isUnderWay { return status.name.contains("ROLLBACK") ? .degraded : .starting }
        guard status.isStanding else { return .degraded }
        switch machine?.state {
        case "running":
            let values = Set((system ?? [:]).values)
            if values.contains("impaired") { return .degraded }
            if values.contains("initializing") { return .starting }
            // Without its data the server is not up, whatever the machine says.
            return values != ["ok"] ? .unknown : isAttached ? .running : .degraded
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
        return checks + [backup(inventory)]
    }

    /// A night and two hours for the snapshot itself.
    private static let greatestAge: Int64 = 26 * 3600

    private func backup(_ inventory: Inventory) -> DeploymentCheck {
        let name = "backup.snapshots"
        guard let volume = inventory.dataVolume else {
            return DeploymentCheck(name, .unknown, "There is no data volume that snapshots could be of.")
        }
        let snapshots = inventory.snapshots.filter { $0.volume == volume.id && $0.state == "completed" }
        let words = "\(snapshots.count) completed snapshots of the data volume"
        guard inventory.member("Backup") != nil else {
            return DeploymentCheck(name, .ok, "\(words); none are made by themselves, as the inputs say.")
        }
        let oldest = task.surroundings.clock.now() - Self.greatestAge
        guard let latest = snapshots.compactMap(\.madeAt).max() else {
            let isNew = volume.madeAt.map { $0 > oldest } ?? false
            return DeploymentCheck(name, isNew ? .ok : .warning, "\(words); the first is made in its first night.")
        }
        let moment = "\(words), the latest of \(ISO8601.string(unixSeconds: latest))"
        return latest > oldest
            ? DeploymentCheck(name, .ok, "\(moment).")
            : DeploymentCheck(name, .warning, "\(moment): the daily ones do not come.")
    }

    /// EC2 writes milliseconds.
    private static func seconds(_ moment: String) -> String {
        guard let dot = moment.firstIndex(of: ".") else { return moment }
        return moment[..<dot] + "Z"
    }
}
