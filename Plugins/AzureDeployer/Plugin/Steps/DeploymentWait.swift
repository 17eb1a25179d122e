// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Waits until Azure has ended a deployment, and says what it does meanwhile.
struct DeploymentWait: Sendable {
    let task: AzureTask
    let context: CallContext

    func run(_ details: StepDetails) async throws(MegaraptorError) -> String {
        do throws(MegaraptorError) {
            return try await follow(details)
        } catch {
            guard error.code == .cancelled else { throw error }
            throw MegaraptorError(.cancelled, "Waiting was cancelled. \(goesOn)", hint: "Ask for the status later.")
        }
    }

    private func follow(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let total = Double(try task.template(details.program).resources.count)
        let end = ContinuousClock.now + task.waitLimit
        var told = 0
        var pause = Pause(upTo: task.interval)
        while true {
            let record = try await self.record(details)
            if !record.isActive { return try await ended(record) }
            let made = try await tell(told, total)
            if made > told { pause.shorten() }
            told = made
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .deadlineExceeded,
                    "Azure has not ended the deployment after \(task.waitLimit). It goes on with it.",
                    hint: "Do the step again to go on waiting, or ask for the status later.",
                    retryable: true
                )
            }
            try await pause.take(goesOn)
        }
    }

    private var goesOn: String {
        "Azure goes on with the deployment; \"az deployment group cancel --resource-group \(task.groupName) --name"
            + " \(task.names.name)\" ends it."
    }

    private func record(_ details: StepDetails) async throws(MegaraptorError) -> DeploymentRecord {
        guard let found = try await task.client.find(task.deploymentPath, APIVersions.resources) else {
            throw MegaraptorError(
                .failedPrecondition,
                "Azure has no deployment \(task.names.name).",
                hint: "Do the step before this one again."
            )
        }
        let record = DeploymentRecord(json: found)
        guard record.correlation != details.before || record.isActive else {
            throw MegaraptorError(
                .failedPrecondition,
                "Azure has not begun the deployment: the latest is the one before.",
                hint: "Do the step before this one again."
            )
        }
        return record
    }

    private func operations() async throws(MegaraptorError) -> [JSONValue] {
        try await task.client.list(task.deploymentPath + "/operations", APIVersions.resources)
    }

    /// Says what was made since the last look; progress must grow.
    private func tell(_ told: Int, _ total: Double) async throws(MegaraptorError) -> Int {
        let done = try await operations().filter { $0["properties"]?["provisioningState"] == "Succeeded" }
        guard done.count > told, let latest = done.last?["properties"]?["targetResource"] else { return told }
        let (type, name) = (latest["resourceType"]?.stringValue ?? "", latest["resourceName"]?.stringValue ?? "")
        context.progress(Double(done.count), of: max(total, Double(done.count)), "Made: \(type) \(name)")
        return done.count
    }

    private func ended(_ record: DeploymentRecord) async throws(MegaraptorError) -> String {
        guard record.hasSucceeded else {
            var error = record.failure(try await operations())
            if record.state == "Canceled" {
                error = MegaraptorError(.failedPrecondition, "The deployment was canceled at Azure.")
            }
            if error.hint.isEmpty { error.hint = "Look at the logs, then plan again, or destroy the deployment." }
            throw error
        }
        guard try await task.instanceView() != nil else {
            throw MegaraptorError(.internal, "Azure reports success, but has no machine \(task.names.name).")
        }
        let address = record.outputs["serverAddress"]?.stringValue ?? "an address that the template does not tell"
        return "Azure has done the deployment, and the server answers on its machine, which has \(address)."
    }
}
