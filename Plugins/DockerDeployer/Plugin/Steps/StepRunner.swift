// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Synchronization

/// Does one step of a plan. What is there already is left as it is; what was done is read back.
struct StepRunner: Sendable {
    let task: DockerTask
    let context: CallContext

    var engine: Engine { task.engine }

    func run(_ step: DeploymentPlan.Step) async throws(MegaraptorError) -> StepOutcome {
        let details = try StepDetails(step)
        let names = task.names
        let message =
            switch try StepID(step, of: "docker") {
            case .image: try await image(details)
            case .network: try await network()
            case .volumeConfig: try await volume(names.config)
            case .volumeData: try await volume(names.data)
            case .volumeLogs: try await volume(names.logs)
            case .retire: try await retire(details)
            case .container: try await container(details)
            case .files: try await ConfigurationFiles(task: task).put()
            case .start: try await start()
            case .restart: try await restart(details)
            case .ready: try await ready()
            case .removeContainer, .removeNetwork, .removeVolumes, .removeImages, .verify:
                throw MegaraptorError(.invalidArgument, "The step \"\(step.id)\" belongs to a removal.")
            }
        let inventory = try await task.inventory()
        return StepOutcome(state: inventory.state, resources: inventory.resources, message: message)
    }

    private func image(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let choice = try ImageChoice(task.deployment, task.options)
        let reference = choice.reference
        guard details.image == reference else {
            throw MegaraptorError(.conflict, "The plan is for another image.", hint: "Plan again.")
        }
        if let found = try await engine.image(reference) {
            try check(found, choice)
            return "The image \(reference) is there."
        }
        let progress = LineProgress(context)
        switch choice {
        case .given: try await engine.pull(reference) { progress.say($0) }
        case .built(_, let binary, let base):
            if let base, try await engine.image(base) == nil { try await engine.pull(base) { progress.say($0) } }
            let files = try Dockerfile.context(
                binary,
                size: try Engine.size(of: binary),
                base: base,
                program: task.options.programPath
            )
            try await engine.build(reference, files, labels: task.deployment.labels) { progress.say($0) }
        }
        guard let made = try await engine.image(reference) else {
            throw MegaraptorError(.internal, "The engine reported success, but has no image \(reference).")
        }
        try check(made, choice)
        return "The image \(reference) is there now."
    }

    private func check(_ image: JSONValue, _ choice: ImageChoice) throws(MegaraptorError) {
        guard case .built(let tag, _, _) = choice else { return }
        guard Inventory.carries(image["Config"]?["Labels"], task.deployment.labels) else {
            throw MegaraptorError(.conflict, "The engine has an image \(tag) that this deployment did not make.")
        }
    }

    private func network() async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard inventory.network == nil else { return "The network is there." }
        let body: JSONValue = [
            "Name": .string(task.names.network), "Driver": "bridge", "CheckDuplicate": true, "Labels": labels,
        ]
        _ = try await engine.call("POST", "/networks/create", [], body)
        guard try await task.inventory().network != nil else { throw notThere("network \(task.names.network)") }
        return "The network \(task.names.network) was made."
    }

    private func volume(_ volume: ResourceNames.Volume) async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard !inventory.volumes.contains(volume.name) else { return "The volume \(volume.name) is there." }
        _ = try await engine.call("POST", "/volumes/create", [], ["Name": .string(volume.name), "Labels": labels])
        // Engines answer with somebody else's volume of that name as if they had made it.
        guard try await ownInventory().volumes.contains(volume.name) else { throw notThere("volume \(volume.name)") }
        return "The volume \(volume.name) was made."
    }

    private func retire(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard let id = inventory.containerID else { return "There is no container to remove." }
        guard inventory.shape != details.shape else { return "The container is the new one already." }
        try await engine.removeContainer(id)
        return "The former container was removed; its volumes stay."
    }

    private func container(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard let image = details.image else { throw MegaraptorError(.invalidArgument, "The step names no image.") }
        let shape = task.shape(image: image, previous: details.previous)
        guard try shape.fingerprint() == details.shape else {
            throw MegaraptorError(.conflict, "The plan is for a container of another shape.", hint: "Plan again.")
        }
        if inventory.container != nil {
            guard inventory.shape == details.shape else {
                throw MegaraptorError(
                    .conflict,
                    "The deployment has a container that was made with other settings.",
                    hint: "Plan an update instead: it replaces the container and keeps the volumes."
                )
            }
            return "The container is there."
        }
        _ = try await engine.call(
            "POST",
            "/containers/create",
            [("name", task.names.container)],
            try shape.body()
        )
        guard try await task.inventory().container != nil else { throw notThere("container \(task.names.container)") }
        return "The container \(task.names.container) was made."
    }

    private func start() async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard let id = inventory.containerID else { throw notThere("container \(task.names.container)") }
        guard !inventory.isRunning else { return "The container runs." }
        _ = try await engine.call("POST", "/containers/\(id)/start")
        return "The container was started."
    }

    private func restart(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let inventory = try await ownInventory()
        guard let id = inventory.containerID else { throw notThere("container \(task.names.container)") }
        guard !inventory.isRunning || inventory.startedAt == details.startedAt else {
            return "The container was restarted already, at \(inventory.startedAt ?? "an unknown time")."
        }
        _ = try await engine.call("POST", "/containers/\(id)/restart", [("t", "30")])
        return "The container was restarted."
    }

    private func ready() async throws(MegaraptorError) -> String {
        let progress = LineProgress(context)
        return "Ready: \(try await task.readiness.wait { progress.say($0) })."
    }

    // MARK: - Help

    private var labels: JSONValue {
        .object(JSONObject(task.deployment.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    private func ownInventory() async throws(MegaraptorError) -> Inventory {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        return inventory
    }

    private func notThere(_ what: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "The engine has no \(what).", hint: "Plan again from how things are.")
    }
}

/// Makes the lines of an engine a progress that grows.
private final class LineProgress: Sendable {
    private let context: CallContext
    private let lines = Mutex(0.0)

    init(_ context: CallContext) {
        self.context = context
    }

    func say(_ line: String) {
        let count = lines.withLock { lines in
            lines += 1
            return lines
        }
        context.progress(count, of: nil, line)
    }
}
