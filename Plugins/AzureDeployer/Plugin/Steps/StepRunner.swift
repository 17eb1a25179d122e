// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Does one step of a plan. What is there already is left as it is; what was done is read back.
struct StepRunner: Sendable {
    let task: AzureTask
    let context: CallContext

    func run(_ step: DeploymentPlan.Step) async throws(MegaraptorError) -> StepOutcome {
        let details = try StepDetails(step)
        let id = try StepID(step, of: "azure")
        let message =
            switch id {
            case .group: try await group()
            case .deployment: try await handOver(details)
            case .wait: try await DeploymentWait(task: task, context: context).run(details)
            case .restart: try await restart(details)
            case .running: try await waitUntilRunning(details)
            }
        var outcome = try await task.inventory().outcome(message)
        if id == .restart, var state = outcome.state.objectValue {
            state["restart_from"] = details.before.map(JSONValue.string)
            outcome.state = .object(state)
        }
        return outcome
    }

    // MARK: - The group

    private func group() async throws(MegaraptorError) -> String {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        guard inventory.group == nil else { return "The resource group \(task.groupName) is there." }
        guard let region = task.options.common.region else {
            throw MegaraptorError(.invalidArgument, "It is not said where the server is to be.", hint: "Give region.")
        }
        let body: JSONValue = ["location": .string(region), "tags": .object(task.names.tags)]
        _ = try await task.client.send(ARMRequest("PUT", task.groupPath, APIVersions.resources, body: body))
        guard try await task.inventory().group != nil else { throw notThere("resource group \(task.groupName)") }
        return "The resource group \(task.groupName) was made in \(region)."
    }

    // MARK: - The deployment

    private func handOver(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        guard inventory.group != nil else { throw notThere("resource group \(task.groupName)") }
        let template = try task.template(details.program)
        let content = try DeploymentContent(template, file: task.deployment.files.serverConfig)
        let digest = try content.digest
        if let record = inventory.deployment {
            let isThisOne = record.content == digest
            if record.isActive {
                guard isThisOne else { throw stillUnderWay(record) }
                return "Azure is at work on this deployment already."
            }
            if isThisOne, record.hasSucceeded, record.correlation != details.before {
                return "Azure has done this deployment already."
            }
        }
        try await send(content, digest, details)
        guard let record = try await task.inventory().deployment, record.content == digest else {
            throw notThere("deployment \(task.names.name)")
        }
        return "Azure has taken the deployment \(task.names.name), correlation id \(record.correlation)."
    }

    /// What Azure would refuse is refused before anything is made.
    private func send(
        _ content: DeploymentContent,
        _ digest: String,
        _ details: StepDetails
    ) async throws(MegaraptorError) {
        let key = try await AdministratorKey(task).text
        _ = try await task.answer("validate", content.body(sshKey: key))
        var tags = task.names.tags
        tags[DeploymentRecord.contentTag] = .string(digest)
        for (name, value) in details.former?.tags ?? [:] { tags[name] = value }
        _ = try await task.client.begin(
            "PUT",
            task.deploymentPath,
            APIVersions.resources,
            body: content.body(sshKey: key, tags: tags)
        )
    }

    private func stillUnderWay(_ record: DeploymentRecord) -> MegaraptorError {
        MegaraptorError(
            .conflict,
            "Azure still works on another deployment \(task.names.name) (\(record.state)).",
            hint: "Wait until it has ended, then plan again."
        )
    }

    // MARK: - The machine

    private func restart(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        guard inventory.machine != nil, let view = try await task.instanceView() else {
            throw notThere("machine \(task.names.name)")
        }
        if view.isBusy { return "Azure is at work on the machine already." }
        guard (view.changedAt ?? "") == details.before else {
            // Only what was written down of this very restart tells it from a change that somebody else made.
            if task.request.state?["restart_from"]?.stringValue == details.before {
                return "Azure has taken the restart of the machine already."
            }
            throw MegaraptorError(
                .conflict,
                "The machine has changed since the plan, at \(view.changedAt ?? "an unknown time"): by this restart, or by"
                    + " somebody else.",
                hint: "Plan again from how things are."
            )
        }
        let verb = view.power == "running" ? "restart" : "start"
        _ = try await task.client.begin("POST", "\(task.machinePath)/\(verb)", APIVersions.machines)
        return "Azure has taken the \(verb) of the machine."
    }

    private func waitUntilRunning(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let end = ContinuousClock.now + task.waitLimit
        var pause = Pause(upTo: task.interval)
        while true {
            guard let view = try await task.instanceView() else { throw notThere("machine \(task.names.name)") }
            if !view.isBusy {
                guard view.provisioning == "succeeded", (view.changedAt ?? "") != details.before else {
                    throw MegaraptorError(
                        .failedPrecondition,
                        "The machine was not restarted: it is \(view.power), and its last change \(view.outcome).",
                        hint: "Do the step before this one again."
                    )
                }
                if view.power == "running" { return "The machine runs." }
            }
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .deadlineExceeded,
                    "The machine is \(view.power) after \(task.waitLimit). Azure goes on with it.",
                    hint: "Ask for the status later."
                )
            }
            try await pause.take("The restart goes on at Azure.")
        }
    }

    private func notThere(_ what: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "Azure has no \(what).", hint: "Plan again from how things are.")
    }
}
