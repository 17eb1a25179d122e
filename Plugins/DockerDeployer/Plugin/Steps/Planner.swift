// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// Says what an operation would do.
struct Planner: Sendable {
    let task: DockerTask

    func plan(_ operation: DeploymentOperation) async throws(MegaraptorError) -> DeploymentPlan {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        switch operation {
        case .create: return try await create(inventory)
        case .restart: return try restart(inventory)
        case .update:
            let image = try current(inventory)
            return try exchange(inventory, to: image, previous: inventory.previousImage, nil)
        case .upgrade:
            let (choice, current) = (try ImageChoice(task.deployment, task.options), try current(inventory))
            let previous = choice.reference == current ? inventory.previousImage : current
            return try exchange(inventory, to: choice.reference, previous: previous, try await imageStep(choice))
        case .rollback: return try await rollback(inventory)
        }
    }

    private func create(_ inventory: Inventory) async throws(MegaraptorError) -> DeploymentPlan {
        let choice = try ImageChoice(task.deployment, task.options)
        let details = StepDetails(image: choice.reference, shape: try task.shape(image: choice.reference).fingerprint())
        let names = task.names
        var steps = [try await imageStep(choice)]
        if task.options.network == .bridge { steps.append(try step(.network, "Create the network \(names.network)")) }
        for (id, volume) in zip([StepID.volumeConfig, .volumeData, .volumeLogs], names.volumes) {
            steps.append(try step(id, "Create the volume \(volume.name) for \(volume.purpose)"))
        }
        steps += [
            try step(.container, "Create the container \(names.container)", details),
            try step(.files, "Put the configuration into the volume \(names.config.name)"),
            try step(.start, "Start the container"),
            try step(.ready, "Wait until the server answers agents"),
        ]
        var changes = [DeploymentPlan.Change(.create, "container", names.container, note: limitsNote)]
        if task.options.network == .bridge { changes.append(.init(.create, "network", names.network)) }
        changes += names.volumes.map { .init(.create, "volume", $0.name, note: $0.purpose) }
        let isBuilt = if case .built = choice { true } else { false }
        changes.append(.init(isBuilt ? .create : .keep, "image", choice.reference))
        return finished(steps, changes)
    }

    private func restart(_ inventory: Inventory) throws(MegaraptorError) -> DeploymentPlan {
        _ = try current(inventory)
        let steps = [
            try step(.restart, "Restart the container", StepDetails(startedAt: inventory.startedAt)),
            try step(.ready, "Wait until the server answers agents"),
        ]
        return finished(steps, [.init(.change, "container", task.names.container, note: "restarted")])
    }

    /// The configuration anew, and the container too where it has to be of another shape.
    private func exchange(
        _ inventory: Inventory,
        to image: String,
        previous: String?,
        _ first: DeploymentPlan.Step?
    ) throws(MegaraptorError) -> DeploymentPlan {
        let shape = try task.shape(image: image).fingerprint()
        let details = StepDetails(image: image, previous: previous, shape: shape)
        let names = task.names
        var steps = first.map { [$0] } ?? []
        var changes: [DeploymentPlan.Change] = [.init(.change, "volume", names.config.name, note: "new configuration")]
        let files = try step(.files, "Put the configuration into the volume \(names.config.name)")
        if inventory.shape == shape {
            let restart = try step(.restart, "Restart the container", StepDetails(startedAt: inventory.startedAt))
            steps += [files, restart]
            changes.append(.init(.change, "container", names.container, note: "restarted"))
        } else {
            steps += [
                try step(.retire, "Stop and remove the present container; its volumes stay", details),
                try step(.container, "Create the container \(names.container)", details), files,
                try step(.start, "Start the container"),
            ]
            changes.append(.init(.replace, "container", names.container, note: limitsNote))
        }
        steps.append(try step(.ready, "Wait until the server answers agents"))
        changes += [names.data, names.logs].map { .init(.keep, "volume", $0.name, note: $0.purpose) }
        if let previous, previous != image { changes.append(.init(.keep, "image", previous, note: "for a rollback")) }
        return finished(steps, changes)
    }

    private func rollback(_ inventory: Inventory) async throws(MegaraptorError) -> DeploymentPlan {
        let current = try current(inventory)
        guard let former = inventory.previousImage, former != current else {
            throw MegaraptorError(.failedPrecondition, "There was no upgrade, so there is nothing to go back to.")
        }
        guard try await task.engine.image(former) != nil else {
            throw MegaraptorError(.notFound, "The former image \(former) is not in the engine any more.")
        }
        return try exchange(inventory, to: former, previous: current, nil)
    }

    private func current(_ inventory: Inventory) throws(MegaraptorError) -> String {
        if let image = inventory.image { return image }
        throw MegaraptorError(
            .failedPrecondition,
            "The deployment has no container in this engine.",
            hint: "Plan create, or give the engine that has it."
        )
    }

    private func imageStep(_ choice: ImageChoice) async throws(MegaraptorError) -> DeploymentPlan.Step {
        let title =
            switch choice {
            case .given(let reference): "Pull the image \(reference) where the engine lacks it"
            case .built(let tag, let binary, _): "Build the image \(tag) around Velociraptor \(binary.version)"
            }
        return try step(.image, title, StepDetails(image: choice.reference))
    }

    private func step(
        _ id: StepID,
        _ title: String,
        _ details: StepDetails? = nil
    ) throws(MegaraptorError) -> DeploymentPlan.Step {
        DeploymentPlan.Step(id.rawValue, title, details: try details?.json())
    }

    private func finished(_ steps: [DeploymentPlan.Step], _ changes: [DeploymentPlan.Change]) -> DeploymentPlan {
        let ports = PublishedPorts(task.deployment, task.options.network)
        return DeploymentPlan(
            steps: steps,
            changes: changes,
            exposure: ports.exposure,
            warnings: warnings,
            layout: ports.layout
        )
    }

    private var limitsNote: String {
        let limits = task.deployment.limits
        return "\(limits.memoryMB) MB of memory, \(limits.cpus) processors, read-only root, no capabilities"
    }

    private var warnings: [String] {
        var warnings: [String] = []
        if task.options.allowUnpinnedImage == true { warnings.append("Images are taken by tag: what runs may change.") }
        switch task.options.network {
        case .bridge: break
        case .host: warnings.append("The container shares the machine's network: nothing separates them.")
        case .none: warnings.append("Without a network no agent can reach the server.")
        }
        return warnings
    }
}
