// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

struct DeployServerInput: ToolInput {
    var server: ServerInputs
    var deploymentID: String?
    var planDigest: String?

    private enum CodingKeys: String, CodingKey {
        case deploymentID = "deployment_id"
        case planDigest = "plan_digest"
    }

    init(from decoder: any Decoder) throws {
        server = try ServerInputs(from: decoder)
        server.options = CloudInputs.options(try JSONValue(from: decoder), beside: server.options)
        server.settleForCloud()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        deploymentID = try container.decodeIfPresent(String.self, forKey: .deploymentID)
        planDigest = try container.decodeIfPresent(String.self, forKey: .planDigest)
    }

    static let schema = Schema.object(
        [ServerInputs.deploymentType] + ServerInputs.common(profile: "standard") + ServerInputs.target
            + ServerInputs.limits + agreement
    )

    /// Ties the call to a plan that was shown.
    static let agreement: [Schema.Member] = [
        .optional("deployment_id", .string(pattern: DeploymentID.pattern).described("Of the plan, with plan_digest.")),
        .optional("plan_digest", .digest),
    ]
}

private struct DeployDockerInput: ToolInput {
    var whole: DeployServerInput

    init(from decoder: any Decoder) throws {
        whole = try DeployServerInput(from: decoder)
        whole.server.deploymentType = "docker"
    }

    static let schema = Schema.object(
        ServerInputs.common(profile: "rapid") + ServerInputs.limits + DeployServerInput.agreement
    )
}

private struct PlanInput: ToolInput {
    var deploy: DeployServerInput
    var operation: PlannedOperation?
    var deleteData: Bool?

    private enum CodingKeys: String, CodingKey {
        case operation
        case deleteData = "delete_data"
    }

    init(from decoder: any Decoder) throws {
        deploy = try DeployServerInput(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        operation = try container.decodeIfPresent(PlannedOperation.self, forKey: .operation)
        deleteData = try container.decodeIfPresent(Bool.self, forKey: .deleteData)
    }

    static let schema = Schema.object(
        [
            .optional(
                "operation",
                .string.with("enum", .array(PlannedOperation.allCases.map { .string($0.rawValue) })).defaulting(
                    to: "create"
                )
                .described("create plans a new server; the others plan for deployment_id.")
            ),
            .optional("deployment_id", .deploymentID),
            .optional(
                "delete_data",
                .boolean.defaulting(to: false).described("For destroy: whether evidence goes too.")
            ),
            ServerInputs.deploymentType,
        ] + ServerInputs.common(profile: "standard") + ServerInputs.target + CloudInputs.schema + ServerInputs.limits
    )
}

extension DeploymentsPlugin {
    static let toolset = "deploy"

    /// Costs something or opens something, so a person is asked with the plan before them.
    static let changing = Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: true)

    var deployTools: [Tool] {
        [
            Tool(
                "plan_deployment",
                title: "Plan a deployment",
                description: """
                    Shows what deploying, changing or destroying a Velociraptor server would do: resources, open ports \
                    and to whom, cost, warnings, and the digest that the deploying call takes. Checks everything that \
                    can be checked, and changes nothing. Use it before deploy_server.
                    """,
                toolset: Self.toolset,
                effects: Tool.Effects(readOnly: true, destructive: false, idempotent: true, openWorld: true),
                outputSchema: Self.openObject
            ) { (input: PlanInput, context: CallContext) in
                ToolResult(deployment: try await plan(input, context))
            },
            Tool(
                "deploy_server",
                title: "Deploy a Velociraptor server",
                description: """
                    Stands up a Velociraptor server: certificates, configuration, an administrator with a random \
                    password (kept as a secret, shown once in a file; never in this result) and an API key for these \
                    tools. Ends when the server answers, or says that it goes on; then ask get_deployment_status. \
                    Afterwards name it by `connection` in the investigating tools. Plan first with plan_deployment.
                    """,
                toolset: Self.toolset,
                effects: Self.changing,
                asksFirst: false,
                outputSchema: Self.openObject
            ) { (input: DeployServerInput, context: CallContext) in
                try await deploy(input, profile: "standard", context)
            },
            Tool(
                "deploy_server_docker",
                title: "Deploy a Velociraptor server in a container",
                description: """
                    deploy_server in a container engine (Docker or podman) on this machine: the quickest way to a \
                    working server, by default one that is destroyed after 72 hours (profile rapid).
                    """,
                toolset: Self.toolset,
                effects: Self.changing,
                asksFirst: false,
                outputSchema: Self.openObject
            ) { (input: DeployDockerInput, context: CallContext) in
                try await deploy(input.whole, profile: "rapid", context)
            },
        ]
    }

    /// An object of which only the text is for reading.
    static let openObject = Schema(["type": "object"])

    func deploy(
        _ input: DeployServerInput,
        profile: String,
        _ context: CallContext
    ) async throws(MegaraptorError) -> ToolResult {
        guard (input.deploymentID == nil) == (input.planDigest == nil) else {
            throw MegaraptorError(
                .invalidArgument,
                "deployment_id and plan_digest belong together: both are in the answer of plan_deployment."
            )
        }
        let id = try input.deploymentID.map { text throws(MegaraptorError) in try DeploymentID(text) }
        let deploying = Deploying(core: core, context: context)
        let draft = try await deploying.draft(input.server, profile: profile, id: id)
        let plan = try await deploying.agreed(draft, digest: input.planDigest)
        return ToolResult(deployment: try await answer(try await deploying.deploy(draft, plan), draft.id))
    }

    private func plan(_ input: PlanInput, _ context: CallContext) async throws(MegaraptorError) -> JSONObject {
        let operation = input.operation ?? .create
        guard operation == .create else {
            guard let text = input.deploy.deploymentID else {
                throw MegaraptorError(.invalidArgument, "\(operation.rawValue) needs a deployment_id.")
            }
            let server = input.deploy.server
            let wishes = Wishes(
                binary: server.binary,
                version: server.version,
                options: server.options,
                deleteData: input.deleteData == true
            )
            return try await Changing(core: core, context: context).plan(operation, try DeploymentID(text), wishes)
        }
        let deploying = Deploying(core: core, context: context)
        let draft = try await deploying.draft(input.deploy.server, profile: "standard", id: nil)
        let checked = try await deploying.plan(draft)
        var result = checked.json
        result["deployment_id"] = .string(draft.id.text)
        result["deployment_type"] = .string(draft.deployerName)
        result["next"] = .string(
            "Show this to the person. deploy_server with the same arguments, deployment_id and plan_digest carries it out."
        )
        return result
    }

    /// What a call says of an operation that has ended or goes on.
    func answer(
        _ wait: RunningOperations.Wait,
        _ id: DeploymentID
    ) async throws(MegaraptorError) -> JSONObject {
        switch wait {
        case .ended(let outcome): return try outcome.get()
        case .goesOn:
            let store = try await core.store()
            var report = DeploymentReport(record: try store.record(id), folder: store.folder(id)).whole
            report["status"] = "in_progress"
            report["message"] = .string(
                "It goes on beyond this call. get_deployment_status(\(id)) tells how far it is; nothing has to be repeated."
            )
            return report
        }
    }
}
