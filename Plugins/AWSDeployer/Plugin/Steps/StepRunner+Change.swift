// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

extension StepRunner {
    /// What the stack is to become.
    struct Target: Sendable {
        let stack: Stack
        let template: String
        let parameters: [String: String]
        /// Of the change set: the same for one step however often it comes, and another for each plan.
        let changeSet: String

        var isReached: Bool { TemplateComparison.differences(stack, parameters).isEmpty }
    }

    func target(_ details: StepDetails) async throws(MegaraptorError) -> Target {
        let stack = try await standingStack()
        let template = try await task.template(for: stack)
        var wanted = template.parameters
        if let program = details.program {
            wanted.merge(program.parameters) { $1 }
            // The configuration stays: another one is another operation.
            for name in ["ConfigurationSecret", "ConfigurationVersion"] { wanted[name] = stack.parameters[name] }
        } else {
            wanted.merge(try await configuration()) { $1 }
            // Another program is another operation, too.
            wanted.merge(DeployerState.Program(stack.parameters)?.parameters ?? [:]) { $1 }
        }
        let body = template.body
        let pairs = wanted.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let digest = try Token.of([details.base ?? "", body] + pairs)
        return Target(
            stack: stack,
            template: body,
            parameters: wanted,
            changeSet: "megaraptor-\(digest.prefix(32))"
        )
    }

    func unblock() async throws(MegaraptorError) -> String {
        var stack = try await standingStack()
        var remark = ""
        if stack.status.isStuck {
            // A volume that has grown never shrinks, so going back can only leave it as it is.
            let members = try await task.stacks.resources(stack.id)
            let isGrown = members.contains { $0.logicalID == "DataVolume" && $0.status == "UPDATE_FAILED" }
            try await task.stacks.continueRollback(stack.name, skipping: isGrown ? ["DataVolume"] : [])
            if isGrown {
                remark =
                    " The data volume keeps what the update made of it, and the size that CloudFormation has noted is"
                    + " another: status shows both."
            }
            stack = try await standingStack()
        }
        guard let settled = try await waiter.settle(stack), settled.status.isStanding else {
            throw await waiter.failure(stack.id, "CloudFormation could not go back from the latest update")
        }
        return "The stack is \(settled.status).\(remark)"
    }

    func makeChangeSet(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let before = try await standingStack()
        if before.status.isCleaningUp { _ = try await waiter.settle(before, untilCleanedUp: true) }
        let target = try await target(details)
        let (name, stack) = (target.changeSet, target.stack)
        let present = try await task.stacks.changeSet(name, of: stack.name)
        if try await isExecuted(present, target) { return "The change set was executed already." }
        if present == nil {
            let isMade = try await task.stacks.createChangeSet(
                name,
                of: stack.name,
                template: target.template,
                parameters: target.parameters,
                tags: task.tags
            )
            if !isMade { return "There is nothing to change." }
        }
        let changes = try await waiter.changeSet(name, of: stack.name)
        if changes.isEmpty { return "There is nothing to change." }
        guard changes.isReady else {
            throw MegaraptorError(
                .failedPrecondition,
                "CloudFormation cannot work out the change: \(changes.reason) (\(changes.status)).",
                hint: "Look at the inputs, and plan again."
            )
        }
        try await compare(changes, name, stack)
        let list = changes.changes.map { "\($0.action) \($0.resource)" }.joined(separator: ", ")
        return "The change set \(name) is ready: \(list)."
    }

    /// - Throws: `conflict` where something would go that the plan did not say. Then the change set is deleted.
    private func compare(_ changes: ChangeSet, _ name: String, _ stack: Stack) async throws(MegaraptorError) {
        let announced = plan.changes.filter { [.delete, .replace, .keep].contains($0.action) }.map(\.name)
        let surprises = changes.changes.filter { change in
            let holdsData = Kind.holdsData.contains(change.type)
            let isReplaced = change.replacement == "True" || (holdsData && change.replacement == "Conditional")
            return (change.action == "Remove" || isReplaced) && (holdsData || !announced.contains(change.resource))
        }
        guard let first = surprises.first else { return }
        try await task.stacks.deleteChangeSet(name, of: stack.name)
        let what = first.action == "Remove" ? "removed" : "replaced"
        throw MegaraptorError(
            .conflict,
            "\(first.resource) (\(first.type)) would be \(what), which the plan did not say. Nothing was changed.",
            hint: "Put the inputs back that lead to it, or make another deployment."
        )
    }

    func execute(_ details: StepDetails) async throws(MegaraptorError) -> String {
        let target = try await target(details)
        let stack = target.stack.name
        let present = try await task.stacks.changeSet(target.changeSet, of: stack)
        if try await isExecuted(present, target) { return "The change set was executed already." }
        guard let present else {
            if target.isReached { return "There is nothing to change." }
            throw MegaraptorError(.conflict, "The change set has gone.", hint: "Plan again.")
        }
        if present.isEmpty {
            // It would stand in the console as a failure.
            try await task.stacks.deleteChangeSet(target.changeSet, of: stack)
            return "There is nothing to change."
        }
        try await task.stacks.execute(target.changeSet, of: stack)
        return "CloudFormation changes the stack \(stack)."
    }

    /// CloudFormation deletes change sets that were executed; their events stay.
    private func isExecuted(_ present: ChangeSet?, _ target: Target) async throws(MegaraptorError) -> Bool {
        if let present { return present.isExecuted }
        return try await task.stacks.events(target.stack.id).contains { $0.token == target.changeSet }
    }
}
