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
            return try await exchange(inventory, record, to: try current(record), former: try inventory.formerProgram)
        case .upgrade:
            let record = try inventory.requireDeployment()
            let (present, next) = (try current(record), Program(try task.template().shape.program))
            let former = present == next ? try inventory.formerProgram : present
            return try await exchange(inventory, record, to: next, former: former)
        case .rollback:
            let record = try inventory.requireDeployment()
            let present = try current(record)
            guard let former = try inventory.formerProgram, former != present else {
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
            try step(.group, "Create the resource group \(task.groupName)"),
            try step(.deployment, "Hand the template over to Azure", details),
            try step(.wait, "Wait until Azure has made everything and the server answers", details),
        ]
        var changes: [DeploymentPlan.Change] = []
        if inventory.group == nil {
            changes.append(.init(.create, "Microsoft.Resources/resourceGroups", task.groupName))
            changes += template.resources.map {
                .init(.create, $0.type, PlannedName(template).of($0), note: $0.note)
            }
            return finished(steps, changes, template)
        }
        return try await foreseen(steps, template, inventory)
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
            try step(.deployment, "Hand the template over to Azure, with Velociraptor \(program.version)", details),
            try step(.wait, "Wait until Azure has changed everything and the server answers", details),
        ]
        var plan = try await foreseen(steps, template, inventory)
        plan.warnings.append(
            "Former versions of the configuration, with the keys in them, stay in the Key Vault until it goes."
        )
        return plan
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
            try step(.restart, "\(verb) the machine \(machine.name)", details),
            try step(.running, "Wait until the machine runs", details),
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
    private func foreseen(
        _ steps: [DeploymentPlan.Step],
        _ template: DeploymentTemplate,
        _ inventory: Inventory
    ) async throws(MegaraptorError) -> DeploymentPlan {
        if let problem = try await DiskGrowth(inventory).problem(template) {
            throw MegaraptorError(.failedPrecondition, problem.message, hint: problem.hint ?? "")
        }
        let key = try await AdministratorKey(task)
        let body = DeploymentContent.planned(template).body(
            sshKey: key.text,
            settings: ["whatIfSettings": ["resultFormat": "FullResourcePayloads"]]
        )
        let result = try await task.answer("whatIf", body)
        let changes = result["properties"]?["changes"]?.arrayValue ?? []
        var plan = finished(steps, changes.compactMap { WhatIfChange($0)?.change }, template)
        plan.warnings += [key.warning].compactMap(\.self) + leftovers(template, inventory)
        return plan
    }

    /// What earlier inputs led to and these do not: Azure takes nothing away that a template no longer has.
    private func leftovers(_ template: DeploymentTemplate, _ inventory: Inventory) -> [String] {
        let names = PlannedName(template)
        let wanted = Set(template.resources.map { "\($0.type)/\(names.of($0))".lowercased() })
        return inventory.ours.filter { item in
            !item.isPart && !item.isSystemDisk && !wanted.contains("\(item.type)/\(item.name)".lowercased())
        }
        .map { item in
            let goesOn = item.type.lowercased() == "microsoft.recoveryservices/vaults" ? ", and so do its backups" : ""
            return "\(item.type) \(item.name) stays\(goesOn), though the options no longer ask for it. To take it away:"
                + " az resource delete --ids \(item.id)"
        }
    }

    // MARK: - Help

    private func step(
        _ id: StepID,
        _ title: String,
        _ details: StepDetails? = nil
    ) throws(MegaraptorError) -> DeploymentPlan.Step {
        DeploymentPlan.Step(id.rawValue, title, details: try details?.json())
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

/// Names of a template's resources for people: those that are expressions are put plainly.
struct PlannedName {
    let template: DeploymentTemplate

    init(_ template: DeploymentTemplate) { self.template = template }

    func of(_ resource: TemplateResource) -> String {
        guard resource.name.hasPrefix("[") else { return resource.name }
        switch resource.type {
        case "Microsoft.KeyVault/vaults": return template.keyVaultName
        case "Microsoft.KeyVault/vaults/secrets": return "\(template.keyVaultName)/\(DeploymentTemplate.secretName)"
        default: return "of \(template.name)"
        }
    }
}
