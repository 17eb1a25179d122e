// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Runs Velociraptor servers as containers of Docker or podman.
struct DockerDeployer: Deployer {
    let name = "docker"
    let title = "Container engine (Docker, podman)"
    let description =
        "Runs the server as one hardened container with volumes of its own, in the Docker or podman engine of this or"
        + " another machine. Good for a laboratory or a single case; upgrades and rollbacks keep the data."
    let options = DockerOptions.schema
    let exports = ["docker-compose"]

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        do {
            return try await Engine.with(try DockerOptions(options)) { engine in
                let versions = try await engine.versions()
                return Usability(
                    usable: true,
                    facts: [
                        "engine": versions.text, "address": "\(engine.address)", "api": "\(engine.apiVersion)",
                        "architecture": versions.architecture,
                    ]
                )
            }
        } catch let error as MegaraptorError where error.code != .cancelled {
            return Usability(usable: false, reasons: ["\(error.message) \(error.hint)"])
        }
    }

    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan {
        try await withTask(request) { try await Planner(task: $0).plan(operation) }
    }

    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await withTask(request) { try await StepRunner(task: $0, context: context).run(step) }
    }

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        try await withTask(request) { try await Remover(task: $0).plan(data: data) }
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await withTask(request) { try await Remover(task: $0).run(step, of: plan) }
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        try await withTask(request) { task in
            guard try await task.inventory().container != nil else {
                throw MegaraptorError(.notFound, "The deployment has no container, so there is no log.")
            }
            // One more tells whether there are earlier ones.
            let found = try await task.engine.logs(task.names.container, lines: lines + 1)
            return DeploymentLogs(lines: Array(found.suffix(lines)), isCut: found.count > lines)
        }
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        try await withTask(request) { try await Recovery(task: $0).look() }
    }

    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        let options = try DockerOptions(request.options)
        let names = try ResourceNames(request.deployment)
        let choice = try ImageChoice(request.deployment, options)
        let shape = ContainerShape(
            deployment: request.deployment,
            options: options,
            names: names,
            image: choice.reference
        )
        return [ExportedFile(name: "docker-compose.yaml", text: ComposeFile(shape: shape, choice: choice).text)]
    }

    func withTask<Answer: Sendable>(
        _ request: DeploymentRequest,
        _ body: (DockerTask) async throws -> Answer
    ) async throws -> Answer {
        let options = try DockerOptions(request.options)
        let names = try ResourceNames(request.deployment)
        return try await Engine.with(options) { engine in
            try await body(
                DockerTask(engine: engine, deployment: request.deployment, options: options, names: names)
            )
        }
    }
}
