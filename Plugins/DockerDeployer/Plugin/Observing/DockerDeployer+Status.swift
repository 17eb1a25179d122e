// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension DockerDeployer {
    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        do {
            return try await withTask(request) { try await Self.status($0) }
        } catch let error as MegaraptorError
            where [.unavailable, .permissionDenied, .unauthenticated, .deadlineExceeded].contains(error.code)
        {
            return DeployedStatus(
                .unknown,
                "The engine cannot be asked: \(error.message) \(error.hint)",
                checks: [DeploymentCheck("engine", .unknown, error.message)]
            )
        }
    }

    private static func status(_ task: DockerTask) async throws(MegaraptorError) -> DeployedStatus {
        let inventory = try await task.inventory()
        let engineCheck = DeploymentCheck("engine", .ok, "It answers at \(task.engine.address).")
        guard let container = inventory.container else {
            let kept = inventory.resources
            let summary =
                kept.isEmpty ? "Nothing of it is in the engine." : "There is no container; other parts are left."
            return DeployedStatus(.missing, summary, checks: [engineCheck], resources: kept)
        }
        var checks = [engineCheck]
        let condition = try await condition(task, inventory, container, &checks)
        checks += missing(task, inventory)
        let drift = try await drift(task, inventory, container)
        return DeployedStatus(
            condition,
            summary(condition, container),
            startedAt: inventory.isRunning ? inventory.startedAt : nil,
            version: inventory.label(OwnLabels.version),
            checks: checks,
            resources: inventory.resources,
            drift: drift
        )
    }

    private static func condition(
        _ task: DockerTask,
        _ inventory: Inventory,
        _ container: JSONValue,
        _ checks: inout [DeploymentCheck]
    ) async throws(MegaraptorError) -> DeployedStatus.Condition {
        let word = container["State"]?["Status"]?.stringValue ?? "unknown"
        guard inventory.isRunning else {
            let code = container["State"]?["ExitCode"]?.integerValue ?? 0
            checks.append(DeploymentCheck("container.running", .failed, "It is \(word), with exit code \(code)."))
            return word == "restarting" ? .degraded : .stopped
        }
        checks.append(DeploymentCheck("container.running", .ok, "It runs since \(inventory.startedAt ?? "some time")."))
        let health = container["State"]?["Health"]?["Status"]?.stringValue ?? ""
        if !health.isEmpty, health != "none" {
            let status: DeploymentCheck.Status = health == "healthy" ? .ok : health == "starting" ? .unknown : .failed
            checks.append(DeploymentCheck("container.health", status, "The engine's own check says: \(health)."))
        }
        switch try await task.readiness.look() {
        case .ready(let proof):
            checks.append(DeploymentCheck("frontend.ready", .ok, proof))
            return health == "unhealthy" ? .degraded : .running
        case .notReady(let why):
            checks.append(DeploymentCheck("frontend.ready", .failed, why))
            return isYoung(inventory, task.options) ? .starting : .degraded
        }
    }

    /// Whether the start is not longer ago than one may take.
    private static func isYoung(_ inventory: Inventory, _ options: DockerOptions) -> Bool {
        guard let text = inventory.startedAt, let started = ISO8601.unixMicroseconds(text) else { return false }
        return Int64(time(nil)) - started / 1_000_000 < options.startLimit.components.seconds
    }

    private static func missing(_ task: DockerTask, _ inventory: Inventory) -> [DeploymentCheck] {
        task.names.volumes.filter { !inventory.volumes.contains($0.name) }.map {
            DeploymentCheck("volume", .failed, "The volume \($0.name) for \($0.purpose) is missing.")
        }
    }

    private static func drift(
        _ task: DockerTask,
        _ inventory: Inventory,
        _ container: JSONValue
    ) async throws(MegaraptorError) -> [String] {
        guard let image = inventory.image else { return ["The container does not say of which image it was made."] }
        let id = try await task.engine.image(image)?["Id"]?.stringValue
        return try Drift(shape: task.shape(image: image), found: container, imageID: id).sentences
    }

    private static func summary(_ condition: DeployedStatus.Condition, _ container: JSONValue) -> String {
        switch condition {
        case .running: return "The container runs and the server answers agents."
        case .starting: return "The container was started a moment ago; the server does not answer yet."
        case .degraded: return "The container is there, but the server does not answer as it should."
        default:
            let code = container["State"]?["ExitCode"]?.integerValue ?? 0
            return "The container does not run; it ended with exit code \(code)."
        }
    }
}
