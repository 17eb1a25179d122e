// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct ConfigInput: ToolInput {
    var deploymentID: String
    var outputFormat: String?
    var labels: [String]?

    private enum CodingKeys: String, CodingKey {
        case labels
        case deploymentID = "deployment_id"
        case outputFormat = "output_format"
    }

    static let format = Schema.Member.optional("output_format", .oneOf("yaml", "json").defaulting(to: "yaml"))

    static let schema = Schema.object(.required("deployment_id", .deploymentID), format)
}

private struct ClientConfigInput: ToolInput {
    var whole: ConfigInput

    init(from decoder: any Decoder) throws { whole = try ConfigInput(from: decoder) }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        ConfigInput.format,
        .optional(
            "labels",
            .array(of: .string(pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")).with("maxItems", 32)
                .described("What agents with it are labelled with, beside the deployment's tags.")
        )
    )
}

private struct CredentialsInput: ToolInput {
    var deploymentID: String
    var clientName: String?
    var validityDays: Int?
    var roles: [String]?

    private enum CodingKeys: String, CodingKey {
        case roles
        case deploymentID = "deployment_id"
        case clientName = "client_name"
        case validityDays = "validity_days"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional(
            "client_name",
            .string.with("maxLength", 64).defaulting(to: "megaraptor_api").described("The user's name.")
        ),
        .optional(
            "validity_days",
            .integer(1...3650).described("Default: as long as the profile lets keys live, else 365.")
        ),
        .optional("roles", .array(of: ServerInputs.role).with("minItems", 1).described("Default: investigator, api."))
    )
}

private struct RotateInput: ToolInput {
    var deploymentID: String
    var rotateCA: Bool?
    var newKeys: Bool?
    var validityDays: Int?
    var planDigest: String?

    private enum CodingKeys: String, CodingKey {
        case deploymentID = "deployment_id"
        case rotateCA = "rotate_ca"
        case newKeys = "new_keys"
        case validityDays = "validity_days"
        case planDigest = "plan_digest"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional(
            "rotate_ca",
            .boolean.defaulting(to: false).described("A new authority too: every agent then needs a new configuration.")
        ),
        .optional(
            "new_keys",
            .boolean.defaulting(to: false).described(
                "New keys for the server, not only certificates: agents are away for about a minute."
            )
        ),
        .optional("validity_days", .integer(1...3650).defaulting(to: 365)),
        .optional("plan_digest", .digest)
    )
}

extension DeploymentsPlugin {
    /// Writes files of its own, beside what is there.
    private static let adding = Tool.Effects(readOnly: false, destructive: false, idempotent: false, openWorld: true)

    var configurationTools: [Tool] {
        [serverConfig, clientConfig, apiCredentials, rotate]
    }

    private var serverConfig: Tool {
        Tool(
            "generate_server_config",
            title: "Server configuration of a deployment",
            description: """
                The server.config.yaml that a deployed server runs with, as it is kept; private keys, password hashes \
                and the enrolment secret are left out of this result, and the whole file's path is told.
                """,
            toolset: Self.toolset,
            effects: .reads,
            outputSchema: Self.openObject
        ) { (input: ConfigInput, _) in
            let store = try await core.store()
            let folder = store.folder(try DeploymentID(try store.record(try DeploymentID(input.deploymentID)).id))
            return ToolResult(
                structured: .object(
                    try ShownConfiguration(file: folder.serverConfig).answer(json: input.outputFormat == "json")
                )
            )
        }
    }

    private var clientConfig: Tool {
        Tool(
            "generate_client_config",
            title: "Agent configuration of a deployment",
            description: """
                Writes the client.config.yaml with which agents enrol at a deployed server, and tells where it lies. \
                It holds the enrolment secret, so this result leaves that out.
                """,
            toolset: Self.toolset,
            effects: Self.adding,
            outputSchema: Self.openObject
        ) { (input: ClientConfigInput, _) in
            let id = try DeploymentID(input.whole.deploymentID)
            return ToolResult(
                structured: .object(
                    try await ClientConfigurationFile(core: core)(
                        id,
                        labels: input.whole.labels ?? [],
                        json: input.whole.outputFormat == "json"
                    )
                )
            )
        }
    }

    private var apiCredentials: Tool {
        Tool(
            "generate_api_credentials",
            title: "API key for a deployment",
            description: """
                Makes a user with roles on a deployed server, and an API client file with a key of its own, mode 0600; \
                tells where it lies and never shows the key. A user that there is gets these roles in the place of its \
                own, and a new key.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            outputSchema: Self.openObject
        ) { (input: CredentialsInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            return ToolResult(
                structured: .object(
                    try await APICredentials(core: core, context: context)(
                        id,
                        user: input.clientName ?? "megaraptor_api",
                        roles: input.roles ?? DeploymentDraft.standardRoles,
                        days: input.validityDays
                    )
                )
            )
        }
    }

    private var rotate: Tool {
        Tool(
            "rotate_certificates",
            title: "Rotate a deployment's certificates",
            description: """
                New certificates for a deployed server (frontend, gateway, API keys), given to it with a restart and \
                checked. Agents stay as they are, unless rotate_ca is set: then the answer holds the plan for them.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            asksFirst: false,
            outputSchema: Self.openObject
        ) { (input: RotateInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            let kind: Rotation.Kind =
                input.rotateCA == true ? .authority : input.newKeys == true ? .keys : .certificates
            let (wait, agents) = try await Rotation(core: core, context: context)(
                id,
                kind,
                days: input.validityDays ?? 365,
                digest: input.planDigest
            )
            var result = try await answer(wait, id)
            if let agents { result["agents_plan"] = .array(agents.steps.map(JSONValue.string)) }
            return ToolResult(deployment: result)
        }
    }
}
