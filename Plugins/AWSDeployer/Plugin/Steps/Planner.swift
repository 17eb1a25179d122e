// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import MegaraptorErrors

/// Says what an operation would do.
struct Planner: Sendable {
    let task: AWSTask

    func plan(_ operation: DeploymentOperation) async throws(MegaraptorError) -> DeploymentPlan {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        let template: StackTemplate
        if let stack = inventory.stack, !stack.status.isFailedCreation {
            template = try await task.template(for: stack)
        } else {
            template = try await task.template()
        }
        try Self.checkSize(template)
        switch operation {
        case .create: return try create(template, inventory)
        case .restart: return try restart(template, inventory)
        case .update: return try await change(template, inventory, program: nil, putsConfiguration: true)
        case .upgrade:
            let program = DeployerState.Program(template.parameters)
            return try await change(template, inventory, program: program, putsConfiguration: false)
        case .rollback:
            guard let former = task.state.formerProgram else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "No former program is known, so there is nothing to go back to.",
                    hint: "Where there was an upgrade and its state was lost: upgrade to the program that is wanted."
                )
            }
            return try await change(template, inventory, program: former, putsConfiguration: false)
        }
    }

    private func create(_ template: StackTemplate, _ inventory: Inventory) throws(MegaraptorError) -> DeploymentPlan {
        let limit = task.options.minutesToWait
        let steps = [
            DeploymentPlan.Step(
                StepID.secret.rawValue,
                "Put the configuration into Secrets Manager as \(task.secret.name)"
            ),
            DeploymentPlan.Step(
                StepID.stack.rawValue,
                "Create the stack \(task.stackName) in \(template.zone ?? task.client.region.name)",
                details: try StepDetails(zone: template.zone).json()
            ),
            DeploymentPlan.Step(
                StepID.wait.rawValue,
                "Wait until the server has signalled that it works, at most \(limit) minutes"
            ),
        ]
        var changes: [DeploymentPlan.Change] = [
            .init(
                .create,
                Kind.secret,
                task.secret.name,
                note: "The configuration; the machine's role alone reads it."
            ),
            .init(.create, Kind.stack, task.stackName),
        ]
        changes += template.resources.map { .init(.create, $0.type, $0.logicalID, note: $0.note) }
        var warnings = template.warnings
        let left = inventory.volumes.map(\.id)
        if inventory.stack == nil, !left.isEmpty {
            warnings.append(
                "There is evidence of an earlier server in \(left.joined(separator: ", ")): the new one begins empty."
            )
        }
        if let stack = inventory.stack, stack.status.isFailedCreation {
            warnings.append("The stack of an earlier try is \(stack.status): it is deleted first.")
        }
        return finished(template, steps, changes, warnings)
    }

    private func restart(_ template: StackTemplate, _ inventory: Inventory) throws(MegaraptorError) -> DeploymentPlan {
        _ = try inventory.requireStanding()
        guard let machine = inventory.machines.first(where: \.isRunning) else {
            throw MegaraptorError(
                .failedPrecondition,
                "No machine of the deployment is running.",
                hint: "The Auto Scaling group makes one by itself; look at status and logs."
            )
        }
        let details = StepDetails(base: machine.tags[StepRunner.restartTag] ?? "", machine: machine.id)
        let steps = [
            DeploymentPlan.Step(
                StepID.restart.rawValue,
                "Restart the machine \(machine.id)",
                details: try details.json()
            ),
            DeploymentPlan.Step(StepID.ready.rawValue, "Wait until EC2's checks are well", details: try details.json()),
        ]
        let changes = [DeploymentPlan.Change(.change, Kind.machine, machine.id, note: "restarted")]
        return finished(template, steps, changes, template.warnings)
    }

    /// Another configuration, program, or shape, by a change set.
    private func change(
        _ template: StackTemplate,
        _ inventory: Inventory,
        program: DeployerState.Program?,
        putsConfiguration: Bool
    ) async throws(MegaraptorError) -> DeploymentPlan {
        let stack = try inventory.requireStanding()
        let present = DeployerState.Program(stack.parameters)
        var details = StepDetails(base: try await task.stacks.events(stack.id, atMost: 1).first?.id ?? "")
        if let program {
            details.program = program
            details.former = program == present ? task.state.formerProgram : present
        }
        let json = try details.json()
        func step(_ id: StepID, _ title: String) -> DeploymentPlan.Step {
            DeploymentPlan.Step(id.rawValue, title, details: json)
        }
        var steps: [DeploymentPlan.Step] = []
        if putsConfiguration {
            steps.append(step(.secret, "Put the configuration into Secrets Manager as a new version"))
        }
        if stack.status.isStuck {
            steps.append(step(.unblock, "Let CloudFormation finish going back from the latest update"))
        }
        steps += [
            step(.changeSet, "Let CloudFormation work out what has to change, and compare it with this plan"),
            step(.execute, "Execute the change set"),
            step(
                .wait,
                "Wait until the server has signalled that it works, at most \(task.options.minutesToWait) minutes"
            ),
        ]
        var changes = try await TemplateComparison(task, template, stack).changes
        if putsConfiguration {
            changes.insert(.init(.change, Kind.secret, task.secret.name, note: "new version"), at: 0)
        }
        if let program, program != present {
            let note = "program \(present?.version ?? "?") → \(program.version)"
            changes.insert(.init(.change, "AWS::EC2::LaunchTemplate", "LaunchTemplate", note: note), at: 0)
        }
        changes.append(.init(.replace, Kind.machine, "the server's machine", note: "if anything of it changes"))
        return finished(template, steps, changes, template.warnings)
    }

    private func finished(
        _ template: StackTemplate,
        _ steps: [DeploymentPlan.Step],
        _ changes: [DeploymentPlan.Change],
        _ warnings: [String]
    ) -> DeploymentPlan {
        DeploymentPlan(
            steps: steps,
            changes: changes,
            exposure: template.exposure,
            cost: template.cost,
            warnings: warnings,
            layout: template.layout
        )
    }

    private static func checkSize(_ template: StackTemplate) throws(MegaraptorError) {
        let size = template.body.utf8.count
        guard size <= StackTemplate.sizeLimit else {
            throw MegaraptorError(
                .invalidArgument,
                "The template has \(size) bytes, more than the \(StackTemplate.sizeLimit) that CloudFormation takes.",
                hint: "Give fewer ranges."
            )
        }
    }
}
