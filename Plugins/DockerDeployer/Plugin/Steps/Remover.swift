// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

/// Takes a deployment away: only what carries its labels.
struct Remover: Sendable {
    let task: DockerTask

    func plan(data: Bool) async throws(MegaraptorError) -> RemovalPlan {
        let inventory = try await task.inventory()
        let names = task.names
        let resources = inventory.resources
        let keeps = resources.filter { $0.holdsData == true && !data }
        let removes = resources.filter { resource in !keeps.contains(resource) }
        func has(_ kind: String) -> Bool { removes.contains { $0.kind == kind } }
        var steps: [DeploymentPlan.Step] = []
        func add(_ id: StepID, _ title: String) { steps.append(DeploymentPlan.Step(id.rawValue, title)) }
        if has("container") { add(.removeContainer, "Stop and remove the container \(names.container)") }
        if has("network") { add(.removeNetwork, "Remove the network \(names.network)") }
        if has("volume") {
            let volumes = removes.filter { $0.kind == "volume" }.map(\.name).joined(separator: ", ")
            add(.removeVolumes, "Remove the volumes \(volumes)")
        }
        if has("image") { add(.removeImages, "Remove the images that were built") }
        add(.verify, "Look that nothing is left")
        var warnings = inventory.foreign.map { "The \($0) does not carry this deployment's labels and stays." }
        if data, removes.contains(where: { $0.holdsData == true }) {
            warnings.append("The datastore goes too: all that was collected is lost.")
        }
        return RemovalPlan(steps: steps, removes: removes, keeps: keeps, warnings: warnings)
    }

    func run(_ step: DeploymentPlan.Step, of plan: RemovalPlan) async throws(MegaraptorError) -> StepOutcome {
        let inventory = try await task.inventory()
        let engine = task.engine
        switch try StepID(step, of: "docker") {
        case .removeContainer:
            if let id = inventory.containerID {
                try await engine.removeContainer(id, isRunning: inventory.isRunning)
            }
        case .removeNetwork:
            if inventory.network != nil { try await engine.remove("/networks/\(task.names.network)") }
        case .removeVolumes:
            for volume in plan.removes where volume.kind == "volume" && inventory.volumes.contains(volume.name) {
                try await engine.remove("/volumes/\(volume.name)")
            }
        case .removeImages:
            // By name: with another's name on it an image stays for that one.
            for image in inventory.images {
                for tag in image.tags.isEmpty ? [image.id] : image.tags {
                    try await engine.remove("/images/\(Engine.path(tag))")
                }
            }
        case .verify: return try verified(inventory, plan)
        default: throw MegaraptorError(.invalidArgument, "The step \"\(step.id)\" belongs to no removal.")
        }
        let left = try await task.inventory()
        return StepOutcome(state: left.state, resources: left.resources, message: "Done: \(step.title).")
    }

    private func verified(_ inventory: Inventory, _ plan: RemovalPlan) throws(MegaraptorError) -> StepOutcome {
        let kept = Set(plan.keeps.map { "\($0.kind) \($0.name)" })
        let left = inventory.resources.map { "\($0.kind) \($0.name)" }.filter { !kept.contains($0) }
        guard left.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "The engine still has \(left.joined(separator: ", ")).",
                hint: "Plan the removal again."
            )
        }
        let words = plan.keeps.isEmpty ? "Nothing is left." : "Only what was to be kept is left."
        return StepOutcome(state: inventory.state, resources: inventory.resources, message: words)
    }
}
