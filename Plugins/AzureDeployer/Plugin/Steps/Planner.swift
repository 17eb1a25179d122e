// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Says what an operation would do.
struct Planner: Sendable {
    let task: AzureTask

    func plan(_ operation: DeploymentOperation) async throws(MegaraptorError) -> DeploymentPlan {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        switch operation {
        case .create: return try await create(inventory)
        case .restart: return try await restart(inventory)
        case .update:
            let record = try inventory.requireDeployment()
            return try await exchange(inventory, record, to: try current(record), former: inventory.formerProgram)
        case .upgrade:
            let record = try inventory.requireDeployment()
            let (present, next) = (try current(record), Program(try task.template().shape.program))
            let former = present == next ? inventory.formerProgram : present
            return try await exchange(inventory, record, to: next, former: former)
        case .rollback:
            let record = try inventory.requireDeployment()
            let present = try current(record)
            guard let former = inventory.formerProgram, former != present else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "No former program is known, so there is nothing to go back to.",
                    hint: "Plan an upgrade to the version that is wanted."
                )
            }
            return try await exchange(inventory, record, to: former, former: present)
        }
    }

    private func create(_ inventory: Inventory) async throws(MegaraptorError) -> DeploymentPlan {
        let template = try task.template()
        if inventory.group == nil, task.options.common.region == nil {
            throw MegaraptorError(.invalidArgument, "It is not said where the server is to be.", hint: "Give region.")
        }
        let details = StepDetails(before: inventory.deployment?.correlation, program: Program(template.shape.program))
        let steps = [
            step(.group, "Create the resource group \(task.groupName)"),
            step(.deployment, "Hand the template over to Azure", details),
            step(.wait, "Wait until Azure has made everything and the server answers", details),
        ]
        var changes: [DeploymentPlan.Change] = []
        if inventory.group == nil {
            changes.append(.init(.create, "Microsoft.Resources/resourceGroups", task.groupName))
            changes += template.resources.map { .init(.create, $0.type, name(of: $0, template), note: $0.note) }
        } else {
            changes = try await whatIf(template)
        }
        return finished(steps, changes, template)
    }

    /// The template anew, with the configuration as it is then.
    private func exchange(
        _ inventory: Inventory,
        _ record: DeploymentRecord,
        to program: Program,
        former: Program?
    ) async throws(MegaraptorError) -> DeploymentPlan {
        guard !record.isActive else {
            throw MegaraptorError(
                .conflict,
                "Azure still works on the deployment \(task.names.name) (\(record.state)).",
                hint: "Wait until it has ended, then plan again."
            )
        }
        let template = try task.template(program)
        let details = StepDetails(before: record.correlation, program: program, former: former)
        let steps = [
            step(.deployment, "Hand the template over to Azure, with Velociraptor \(program.version)", details),
            step(.wait, "Wait until Azure has changed everything and the server answers", details),
        ]
        return finished(steps, try await whatIf(template), template)
    }

    private func restart(_ inventory: Inventory) async throws(MegaraptorError) -> DeploymentPlan {
        let record = try inventory.requireDeployment()
        guard let machine = inventory.machine, let view = try await task.instanceView() else {
            throw MegaraptorError(
                .failedPrecondition,
                "The deployment has no machine.",
                hint: "Plan an update: it makes what is missing."
            )
        }
        let details = StepDetails(before: view.changedAt ?? "")
        let verb = view.power == "running" ? "Restart" : "Start"
        let steps = [
            step(.restart, "\(verb) the machine \(machine.name)", details),
            step(.running, "Wait until the machine runs", details),
        ]
        let template = try task.template(try current(record))
        return finished(steps, [.init(.change, machine.type, machine.name, note: "restarted")], template)
    }

    private func current(_ record: DeploymentRecord) throws(MegaraptorError) -> Program {
        if let program = Program(record) { return program }
        throw MegaraptorError(
            .failedPrecondition,
            "The deployment \(task.names.name) does not say which program runs.",
            hint: "Somebody has deployed another template under its name; plan an upgrade."
        )
    }

    // MARK: - What would change

    /// Asks Azure what the template would change. The template is checked by that, too.
    private func whatIf(_ template: DeploymentTemplate) async throws(MegaraptorError) -> [DeploymentPlan.Change] {
        let body = DeploymentContent.planned(template).body(
            sshKey: try await AdministratorKey(task: task).text,
            settings: ["whatIfSettings": ["resultFormat": "FullResourcePayloads"]]
        )
        let operation = try await task.client.begin(
            "POST",
            task.deploymentPath + "/whatIf",
            APIVersions.resources,
            body: body,
            asks: true
        )
        let result = try await task.client.wait(for: operation, limit: .seconds(300), interval: task.interval)
        if let error = result["error"] { throw ARMFault(error, place: "what the template would change").error }
        let changes = result["properties"]?["changes"]?.arrayValue ?? []
        return changes.compactMap { WhatIfChange($0)?.change }
    }

    // MARK: - Help

    private func step(_ id: StepID, _ title: String, _ details: StepDetails? = nil) -> DeploymentPlan.Step {
        DeploymentPlan.Step(id.rawValue, title, details: details?.json)
    }

    /// Names may be expressions; those that a person cannot read are put plainly.
    private func name(of resource: TemplateResource, _ template: DeploymentTemplate) -> String {
        guard resource.name.hasPrefix("[") else { return resource.name }
        switch resource.type {
        case "Microsoft.KeyVault/vaults": return template.keyVaultName
        case "Microsoft.KeyVault/vaults/secrets": return "\(template.keyVaultName)/\(DeploymentTemplate.secretName)"
        default: return "of \(template.name)"
        }
    }

    private func finished(
        _ steps: [DeploymentPlan.Step],
        _ changes: [DeploymentPlan.Change],
        _ template: DeploymentTemplate
    ) -> DeploymentPlan {
        DeploymentPlan(
            steps: steps,
            changes: changes,
            exposure: template.exposure,
            cost: template.cost,
            warnings: template.warnings,
            layout: template.layout
        )
    }
}
