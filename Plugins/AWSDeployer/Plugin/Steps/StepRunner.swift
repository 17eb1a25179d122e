// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors
import MegaraptorPluginKit

/// Does one step of a plan. Each looks first, and goes on where its effect is there.
struct StepRunner: Sendable {
    /// On the machine, after it was restarted: which restart that was.
    static let restartTag = "org.megaraptor.restart"

    let task: AWSTask
    let plan: DeploymentPlan
    let context: CallContext

    func run(_ step: DeploymentPlan.Step, _ operation: DeploymentOperation) async throws(MegaraptorError) -> StepOutcome
    {
        let details = try StepDetails(step)
        let message: String
        switch try StepID(step, of: "aws") {
        case .secret: message = try await putConfiguration()
        case .stack: message = try await createStack(details)
        case .wait: message = try await wait(operation, details)
        case .unblock: message = try await unblock()
        case .changeSet: message = try await makeChangeSet(details)
        case .execute: message = try await execute(details)
        case .restart: message = try await restart(details)
        case .ready: message = try await waitForMachine(details)
        default: throw MegaraptorError(.invalidArgument, "The step \"\(step.id)\" belongs to a removal.")
        }
        let inventory = try await task.inventory()
        var state = inventory.state
        // Written down at every step of an upgrade, because the host may end before the last.
        if details.program != nil { state.formerProgram = details.former }
        return StepOutcome(state: try state.json(), resources: inventory.resources, message: message)
    }

    // MARK: - The configuration

    private func putConfiguration() async throws(MegaraptorError) -> String {
        let secret = task.secret
        let wanted = try secret.wantedVersion()
        guard let present = try await ownSecret() else {
            try await secret.create(task.tags)
            return try await confirmed(wanted, "The configuration is in Secrets Manager as \(secret.name).")
        }
        if present.isLeaving { try await secret.restore() }
        if present.current == wanted {
            return try await confirmed(wanted, "The configuration was there already, as \(secret.name).")
        }
        try await markInUse(present)
        if try await secret.has(wanted, present) {
            try await secret.move(ConfigurationSecret.currentLabel, to: wanted, present)
            return try await confirmed(
                wanted,
                "The configuration is an earlier version of \(secret.name), current again."
            )
        }
        try await secret.put()
        return try await confirmed(
            wanted,
            "The configuration is in Secrets Manager as a new version of \(secret.name)."
        )
    }

    /// The version that the stack has must outlast the next one: an update may go back to it.
    private func markInUse(_ present: ConfigurationSecret.Description) async throws(MegaraptorError) {
        // While something is under way the stack tells of a version that it may not come to have.
        guard let stack = try await ownStack(), stack.status.isStanding || stack.status.isStuck,
            let version = stack.parameters["ConfigurationVersion"], try await task.secret.has(version, present)
        else { return }
        try await task.secret.move(ConfigurationSecret.inUseLabel, to: version, present)
    }

    private func ownSecret() async throws(MegaraptorError) -> ConfigurationSecret.Description? {
        guard let present = try await task.secret.look() else { return nil }
        guard task.tags.own(present.tags) else {
            throw MegaraptorError(
                .conflict,
                "The secret \(task.secret.name) does not carry this deployment's tags: it is somebody else's.",
                hint: "Rename or remove it, or use another account or region."
            )
        }
        return present
    }

    private func confirmed(_ version: String, _ message: String) async throws(MegaraptorError) -> String {
        let found = try await ownSecret()
        guard let found, found.current == version, !found.isLeaving else {
            throw MegaraptorError(
                .failedPrecondition,
                "Secrets Manager took the configuration, but does not have it.",
                hint: "Do the step again."
            )
        }
        return message
    }

    /// What the template's parameters say of the configuration.
    func configuration() async throws(MegaraptorError) -> [String: String] {
        let wanted = try task.secret.wantedVersion()
        guard let secret = try await ownSecret(), !secret.isLeaving, try await task.secret.has(wanted, secret) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The configuration of now is not in Secrets Manager.",
                hint: "Plan an update: its first step puts it there."
            )
        }
        return ["ConfigurationSecret": secret.arn, "ConfigurationVersion": wanted]
    }
}
