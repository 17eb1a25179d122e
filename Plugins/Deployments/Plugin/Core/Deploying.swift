// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Stands up a new server: looks first, asks a person, then goes step by step.
struct Deploying: Sendable {
    let core: DeploymentCore
    let context: CallContext

    /// A draft of what was asked for, with its deployer.
    func draft(
        _ inputs: ServerInputs,
        profile: String,
        id: DeploymentID?
    ) async throws(MegaraptorError) -> DeploymentDraft {
        var inputs = inputs
        if let name = inputs.template { inputs = try inputs.over(try await core.templates().inputs(name)) }
        let id = id ?? DeploymentID.make()
        return try await DeploymentDraft(
            inputs,
            standardProfile: profile,
            id: id,
            folder: try await core.store().folder(id),
            deployers: try await core.deployers()
        )
    }

    /// What would be done, after everything was looked at that stands against it. Changes nothing.
    ///
    /// - Throws: `failed_precondition` with all that would make it fail.
    func plan(_ draft: DeploymentDraft) async throws(MegaraptorError) -> CheckedPlan {
        let deployer = try await core.deployer(draft.deployerName, for: context)
        let usability = try await deployer.usable(draft.options)
        guard usability.usable else {
            throw MegaraptorError(
                .failedPrecondition,
                "The deployer \(draft.deployerName) cannot be used here: \(usability.reasons.joined(separator: " "))",
                hint: "Once that is put right, call again. Nothing was done."
            )
        }
        let request = DeploymentRequest(deployment: draft.specification, options: draft.options)
        let problems = try await deployer.validate(request)
        let errors = problems.filter { $0.severity == .error }
        guard errors.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                errors.map(\.message).joined(separator: " "),
                hint: errors.compactMap(\.hint).joined(separator: " "),
                details: ["problems": .array(problems.map(DeploymentReport.json))]
            )
        }
        let plan = try await deployer.plan(.create, request)
        return CheckedPlan(plan: plan, notes: problems.map(\.message) + Self.warnings(draft))
    }

    private static func warnings(_ draft: DeploymentDraft) -> [String] {
        var warnings: [String] = []
        if let hours = draft.profile.autoDestroyHours {
            warnings.append("The profile \(draft.profile.name) has the whole server destroyed after \(hours) hours.")
        }
        if draft.specification.hostname == "localhost" {
            warnings.append("server_hostname is localhost: agents on other machines cannot reach this server.")
        }
        return warnings
    }

    /// - Parameter digest: of a plan that was shown before; without one the person is asked now.
    func agreed(
        _ draft: DeploymentDraft,
        digest: String?
    ) async throws(MegaraptorError) -> DeploymentPlan {
        let checked = try await plan(draft)
        let plan = checked.plan
        if let digest {
            guard digest == plan.digest else {
                throw MegaraptorError(
                    .conflict,
                    "The plan is another than the one that was shown, so nothing was done.",
                    hint: "Call plan_deployment again with the same arguments, and look at what has changed."
                )
            }
            return plan
        }
        let title = "Deploy Velociraptor as \(draft.id) by \(draft.deployerName), profile \(draft.profile.name)?"
        try await context.consent(to: DeploymentText.question(title, checked.json))
        return plan
    }

    /// Makes the record of a new deployment, and begins.
    func deploy(
        _ draft: DeploymentDraft,
        _ plan: DeploymentPlan
    ) async throws(MegaraptorError) -> RunningOperations.Wait {
        let store = try await core.store()
        let lock = try store.make(draft.id, for: "deploy_server")
        return try await core.begin(under: lock, store, deployer: draft.deployerName, context) {
            deployer throws(MegaraptorError) in
            var record = try DeploymentRecord(draft, deployer.info)
            record.operation = try OperationRecord(.create, plan, now: Moment.now.text)
            record.layout = plan.layout
            try store.write(&record)
            return (record, [])
        }
    }
}

/// A deployer's plan, as it is, and what else speaks for a second look.
struct CheckedPlan: Sendable {
    let plan: DeploymentPlan
    let notes: [String]

    var json: JSONObject { PlanReport.json(plan, notes: notes) }
}

extension DeploymentRecord {
    init(_ draft: DeploymentDraft, _ info: ProviderInfo) throws(MegaraptorError) {
        let now = Moment.now
        var inputs = try encoded(draft.inputs).objectValue ?? [:]
        for (key, value) in inputs where value == .null { inputs[key] = nil }
        self.init(
            lineage: Lineage.make(),
            deployer: DeployerReference(name: info.name, plugin: info.plugin, version: info.version),
            specification: draft.specification,
            options: draft.options,
            inputs: .object(inputs),
            notes: Notes(
                caseNumber: draft.inputs.caseNumber,
                description: draft.inputs.description,
                tags: draft.inputs.tags ?? []
            ),
            created: now.text,
            expires: draft.profile.expiry(createdAt: now.unixSeconds).map { Moment(unixSeconds: $0).text },
            administrator: draft.administrator.text,
            apiUser: draft.apiUser.text
        )
    }
}

extension CallContext {
    /// How long a call waits for an operation before it says that it goes on: a little less than the host waits.
    var waitingTime: Duration? { timeLeft.map { max(.seconds(1), $0 - .seconds(5)) } }

    /// Asks the person behind the client, where operations want that.
    ///
    /// Where every change is confirmed, the host has asked already.
    /// - Throws: `permission_denied` where the person does not agree; `failed_precondition` where nobody can be asked,
    ///   because a plan that nobody has seen is not carried out.
    func consent(to question: String) async throws(MegaraptorError) {
        guard confirmation == .destructive else { return }
        let answer: JSONValue
        do throws(MegaraptorError) {
            answer = try await elicit(
                question,
                schema: .object(.required("confirm", .boolean.described("Whether to do it.")))
            )
        } catch {
            guard error.code == .unsupported else { throw error }
            throw MegaraptorError(
                .failedPrecondition,
                "This client cannot ask the person, and nobody has seen the plan.",
                hint: "Call plan_deployment, show the plan to the person, and call again with its digest."
            )
        }
        guard answer["action"] == "accept", answer["content"]?["confirm"] == true else {
            throw MegaraptorError(
                .permissionDenied,
                "The user did not agree. Nothing has been done.",
                hint: "Do not repeat the call unless the user asks for it."
            )
        }
    }
}
