// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension DockerDeployer {
    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        let options = try DockerOptions(request.options)
        var problems = Self.inputs(request.deployment, options)
        let choice: ImageChoice?
        do throws(MegaraptorError) {
            choice = try Self.image(request.deployment, options)
        } catch {
            problems.append(Self.problem(error, field: "image"))
            choice = nil
        }
        do {
            problems += try await withTask(request) { try await Self.surroundings($0, choice) }
        } catch let error as MegaraptorError where error.code != .cancelled {
            problems.append(Self.problem(error, field: "engine"))
        }
        return problems
    }

    /// The image, and that the program for it is there.
    private static func image(
        _ deployment: DeploymentSpecification,
        _ options: DockerOptions
    ) throws(MegaraptorError) -> ImageChoice {
        let choice = try ImageChoice(deployment, options)
        if case .built(_, let binary, _) = choice { _ = try Engine.size(of: binary) }
        return choice
    }

    private static func inputs(
        _ deployment: DeploymentSpecification,
        _ options: DockerOptions
    ) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        if options.allowUnpinnedImage == true {
            problems.append(
                DeploymentProblem(
                    .warning,
                    field: "allow_unpinned_image",
                    "Images are taken by tag: what runs may change."
                )
            )
        }
        if deployment.limits.memoryMB < 512 {
            problems.append(
                DeploymentProblem(
                    .warning,
                    field: "profile",
                    "\(deployment.limits.memoryMB) MB of memory are less than the 512 MB that a server needs."
                )
            )
        }
        let ports = [deployment.frontend.port, deployment.gui.port, deployment.api.port, deployment.monitoringPort]
        if Set(ports).count < ports.count {
            problems.append(DeploymentProblem(.error, field: "ports", "Two of the ports \(ports) are the same."))
        }
        return problems
    }

    private static func surroundings(
        _ task: DockerTask,
        _ choice: ImageChoice?
    ) async throws(MegaraptorError) -> [DeploymentProblem] {
        let inventory = try await task.inventory()
        var problems = inventory.foreign.map { foreign in
            DeploymentProblem(
                .error,
                "The engine has a \(foreign) that this deployment did not make.",
                hint: "Rename or remove it by hand if it is not needed."
            )
        }
        problems += try await capacity(task)
        if let choice { problems += try await images(task, choice) }
        // What runs already has the ports itself.
        if !inventory.isRunning, task.options.network != .none { problems += busyPorts(task) }
        return problems
    }

    private static func capacity(_ task: DockerTask) async throws(MegaraptorError) -> [DeploymentProblem] {
        let info = try await task.engine.call("GET", "/info")
        let limits = task.deployment.limits
        var problems: [DeploymentProblem] = []
        if let memory = info["MemTotal"]?.integerValue, memory < Int64(limits.memoryMB) << 20 {
            let message =
                "The engine's machine has \(memory >> 20) MB of memory, and the profile wants \(limits.memoryMB)."
            problems.append(DeploymentProblem(.error, field: "profile", message))
        }
        if let processors = info["NCPU"]?.integerValue, Double(processors) < limits.cpus {
            let message = "The engine's machine has \(processors) processors, and the profile wants \(limits.cpus)."
            problems.append(DeploymentProblem(.error, field: "profile", message))
        }
        return problems
    }

    private static func images(
        _ task: DockerTask,
        _ choice: ImageChoice
    ) async throws(MegaraptorError) -> [DeploymentProblem] {
        switch choice {
        case .given(let reference):
            guard try await task.engine.image(reference) == nil else { return [] }
            let message = "The engine lacks the image \(reference), so it will be pulled from its registry."
            return [DeploymentProblem(.warning, field: "image", message)]
        case .built(_, let binary, _):
            guard let made = binary.architecture else { return [] }
            let machine = try await task.engine.versions().architecture
            guard !machine.isEmpty, made != machine else { return [] }
            let message = "The server program is for \(made), and the engine's machine is \(machine)."
            return [DeploymentProblem(.error, field: "binary", message, hint: "Fetch the program for that machine.")]
        }
    }

    /// Only where the engine is on this machine: elsewhere the engine itself refuses.
    private static func busyPorts(_ task: DockerTask) -> [DeploymentProblem] {
        guard task.engine.address.isLocal else { return [] }
        let deployment = task.deployment
        let endpoints = [("frontend", deployment.frontend), ("gui", deployment.gui), ("api", deployment.api)]
        return endpoints.compactMap { field, endpoint in
            guard let reason = LocalPort.refusal(endpoint.address, endpoint.port) else { return nil }
            return DeploymentProblem(
                .error,
                field: field,
                "\(endpoint.address):\(endpoint.port) cannot be used: \(reason).",
                hint: "Give the deployment another port, or end the program that has this one."
            )
        }
    }

    private static func problem(_ error: MegaraptorError, field: String) -> DeploymentProblem {
        DeploymentProblem(.error, field: field, error.message, hint: error.hint.isEmpty ? nil : error.hint)
    }
}
