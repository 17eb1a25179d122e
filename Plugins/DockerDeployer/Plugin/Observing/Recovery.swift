// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

/// Finds by labels what there is of a deployment.
struct Recovery: Sendable {
    let task: DockerTask

    func look() async throws(MegaraptorError) -> RecoveredState {
        let inventory = try await task.inventory()
        let foreign = inventory.foreign.map { " The \($0) is somebody else's." }.joined()
        guard !inventory.isEmpty else {
            return RecoveredState(
                state: nil,
                resources: [],
                done: [],
                message: "The engine has nothing of this deployment.\(foreign)"
            )
        }
        let done = try await done(inventory)
        let running =
            inventory.container == nil ? "no container" : inventory.isRunning ? "a running container" : "a container"
        return RecoveredState(
            state: inventory.state,
            resources: inventory.resources,
            done: done.map(\.rawValue),
            message: "Found \(running) and \(inventory.volumes.count) volumes with this deployment's labels.\(foreign)"
        )
    }

    private func done(_ inventory: Inventory) async throws(MegaraptorError) -> [StepID] {
        let (names, engine) = (task.names, task.engine)
        var done: [StepID] = []
        if let choice = try? ImageChoice(task.deployment, task.options),
            try await engine.image(choice.reference) != nil
        {
            done.append(.image)
        }
        if inventory.network != nil { done.append(.network) }
        for (id, volume) in zip([StepID.volumeConfig, .volumeData, .volumeLogs], names.volumes)
        where inventory.volumes.contains(volume.name) {
            done.append(id)
        }
        guard let id = inventory.containerID else { return done }
        done.append(.container)
        if try await engine.file(ContainerPaths.config, of: id) != nil { done.append(.files) }
        guard inventory.isRunning else { return done }
        done.append(.start)
        if case .ready = try await task.readiness.look() { done.append(.ready) }
        return done
    }
}
