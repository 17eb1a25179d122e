// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

extension StepRunner {
    func createStack(_ details: StepDetails) async throws(MegaraptorError) -> String {
        if let present = try await ownStack() {
            // What is under way decides first.
            let settled =
                present.status.isUnderWay && present.status.name != "CREATE_IN_PROGRESS"
                ? try await waiter.settle(present) : present
            guard let settled, !settled.status.isDeleted else { return try await createNew(details) }
            guard settled.status.isFailedCreation else { return "The stack \(settled.name) was there already." }
            try await task.stacks.delete(settled.id)
            let gone = try await waiter.settle(settled)
            guard gone?.status.isDeleted != false else {
                throw await waiter.failure(settled.id, "The stack of an earlier try could not be deleted")
            }
        }
        return try await createNew(details)
    }

    private func createNew(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let template = try await task.template(zone: details.zone)
        let parameters = template.parameters.merging(try await configuration()) { $1 }
        do {
            try await task.stacks.create(
                task.stackName,
                template: template.body,
                parameters: parameters,
                tags: task.tags
            )
        } catch {
            // A repetition of the call can meet its own first try.
            guard error.code == .conflict, try await ownStack() != nil else { throw error }
        }
        guard let made = try await ownStack() else {
            throw MegaraptorError(.failedPrecondition, "CloudFormation took the stack, but does not have it.")
        }
        return "The stack \(made.name) is being made: \(made.status)."
    }

    /// - Throws: `conflict` for a stack of the same name that is somebody else's.
    func ownStack() async throws(MegaraptorError) -> Stack? {
        guard let stack = try await task.stacks.find(task.stackName) else { return nil }
        guard task.tags.own(stack.tags) else {
            throw MegaraptorError(
                .conflict,
                "The stack \(stack.name) does not carry this deployment's tags: it is somebody else's.",
                hint: "Rename or remove it, or use another account or region."
            )
        }
        return stack
    }

    func standingStack() async throws(MegaraptorError) -> Stack {
        guard let stack = try await ownStack() else {
            throw MegaraptorError(.failedPrecondition, "The stack \(task.stackName) has gone.", hint: "Plan again.")
        }
        return stack
    }

    var waiter: StackWaiter { StackWaiter(task: task, context: context) }

    /// Waits for the stack to stand, and compares it with what was wanted.
    func wait(_ operation: DeploymentOperation, _ details: StepDetails) async throws(MegaraptorError) -> String {
        let stack = try await standingStack()
        guard let settled = try await waiter.settle(stack), settled.status.isStanding else {
            let words = operation == .create ? "The stack was not made" : "The stack could not be changed"
            throw await waiter.failure(stack.id, words)
        }
        if operation != .create {
            let target = try await target(details)
            let wasExecuted = try await task.stacks.events(settled.id).contains { $0.token == target.changeSet }
            guard target.isReached, !(settled.status.hasGoneBack && wasExecuted) else {
                throw await waiter.failure(settled.id, "The update failed, and the stack is as it was before")
            }
        }
        let address = settled.outputs["ServerAddress"].map { " at \($0)" } ?? ""
        return "The stack \(settled.name) is \(settled.status): the server works\(address)."
    }
}
