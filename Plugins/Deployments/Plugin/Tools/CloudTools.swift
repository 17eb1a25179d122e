// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct DeployCloudInput: ToolInput {
    private enum Provider: String, Codable {
        case aws, azure
    }

    var whole: DeployServerInput

    private enum CodingKeys: String, CodingKey {
        case cloudProvider = "cloud_provider"
    }

    init(from decoder: any Decoder) throws {
        whole = try DeployServerInput(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        whole.server.deploymentType = try container.decode(Provider.self, forKey: .cloudProvider).rawValue
    }

    static let schema = Schema.object(
        [.required("cloud_provider", .oneOf("aws", "azure"))] + CloudInputs.schema
            + ServerInputs.common(profile: "standard") + ServerInputs.limits + DeployServerInput.agreement
    )
}

private struct ExportTemplateInput: ToolInput {
    var server: ServerInputs
    var format: String?
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case format
        case outputPath = "output_path"
    }

    init(from decoder: any Decoder) throws {
        server = try DeployServerInput(from: decoder).server
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decodeIfPresent(String.self, forKey: .format)
        outputPath = try container.decodeIfPresent(String.self, forKey: .outputPath)
    }

    static let schema = Schema.object(
        [
            ServerInputs.deploymentType,
            .optional(
                "format",
                .string.with("maxLength", 64).described(
                    "cloudformation, arm, terraform-variables, docker-compose. Default: all that the deployer writes."
                )
            ),
            .optional(
                "output_path",
                .string.with("maxLength", 4096).described(
                    "An absolute path of a folder that does not exist yet. Default: one among this server's own data."
                )
            ),
        ] + CloudInputs.schema + ServerInputs.common(profile: "standard") + ServerInputs.limits
    )
}

extension DeploymentsPlugin {
    var cloudTools: [Tool] { [deployCloud, exportTemplate] }

    private var deployCloud: Tool {
        Tool(
            "deploy_server_cloud",
            title: "Deploy a Velociraptor server in a cloud",
            description: """
                deploy_server in AWS or Azure, by a template of the cloud's own: one machine that heals itself, a disk \
                for evidence that outlives it, keys in the cloud's secrets service, and no port open but to the ranges \
                that are given here. It costs money until destroy_deployment. Plan first with plan_deployment, with \
                deployment_type in the place of cloud_provider.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            asksFirst: false,
            outputSchema: Self.openObject
        ) { (input: DeployCloudInput, context: CallContext) in
            try await deploy(input.whole, profile: "standard", context)
        }
    }

    private var exportTemplate: Tool {
        Tool(
            "export_template",
            title: "Template of a deployment",
            description: """
                Writes what a deployer would stand a server up with, for people who do it themselves: CloudFormation, \
                ARM, Terraform variables, docker-compose. Needs no account and makes nothing outside. Holds no key and \
                no password.
                """,
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: false, idempotent: true, openWorld: false),
            outputSchema: Self.openObject
        ) { (input: ExportTemplateInput, context: CallContext) in
            let export = TemplateExport(core: core, context: context)
            return ToolResult(
                structured: .object(try await export(input.server, format: input.format ?? "", to: input.outputPath))
            )
        }
    }
}
