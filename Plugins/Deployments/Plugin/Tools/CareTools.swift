// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct TemplateInput: ToolInput {
    var deploymentID: String
    var name: String
    var replace: Bool?

    private enum CodingKeys: String, CodingKey {
        case name, replace
        case deploymentID = "deployment_id"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .required("name", .string(pattern: TemplateStore.namePattern)),
        .optional("replace", .boolean.defaulting(to: false))
    )
}

private struct DocumentsInput: ToolInput {
    var deploymentID: String
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case deploymentID = "deployment_id"
        case outputPath = "output_path"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional(
            "output_path",
            .string.with("maxLength", 4096).described(
                "An absolute path of a folder that does not exist yet. Default: docs in the deployment's own folder."
            )
        )
    )
}

extension DeploymentsPlugin {
    /// Adds files of its own or a record, and takes nothing away.
    private static let adding = Tool.Effects(readOnly: false, destructive: false, idempotent: true, openWorld: false)

    var careTools: [Tool] {
        [validate, documents, template, expire]
    }

    private var validate: Tool {
        Tool(
            "validate_deployment",
            title: "Validate a deployment",
            description: """
                Really checks a deployed server: certificates, their names and days left, TLS as clients see it, ports \
                and who reaches them, API, login, a write to the datastore, disk, version, and drift from what was \
                planned. What could not be found out is told as unknown.
                """,
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: false, idempotent: true, openWorld: true),
            readOnlyMode: .restricted,
            outputSchema: Self.openObject
        ) { (input: DeploymentInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            return ToolResult(deployment: try await Validation(core: core, context: context)(id))
        }
    }

    private var documents: Tool {
        Tool(
            "export_deployment_docs",
            title: "Documents of a deployment",
            description: """
                Writes a folder for people: how the server is set up and operated, its CA certificate, and where the \
                deployer has one, a file that stands it up without this product. Holds no key and no password.
                """,
            toolset: Self.toolset,
            effects: Self.adding,
            outputSchema: Self.openObject
        ) { (input: DocumentsInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            let documents = DeploymentDocuments(core: core, context: context)
            return ToolResult(structured: .object(try await documents(id, to: input.outputPath)))
        }
    }

    private var template: Tool {
        Tool(
            "save_deployment_template",
            title: "Save a deployment as a template",
            description: """
                Keeps what was chosen for a deployment under a name, for `template` of deploy_server: what the next \
                call gives itself wins. Name, case number and description are left out.
                """,
            toolset: Self.toolset,
            effects: Self.adding,
            outputSchema: Self.openObject
        ) { (input: TemplateInput, _) in
            let record = try await core.store().record(try DeploymentID(input.deploymentID))
            var members = record.inputs.objectValue ?? [:]
            for key in ["name", "case_number", "description", "template"] { members[key] = nil }
            members["deployment_type"] = .string(record.deployer.name)
            members["profile"] = .string(record.specification.profile)
            let inputs = try JSONValueDecoder().decode(ServerInputs.self, from: .object(members))
            try await core.templates().save(inputs, as: input.name, replacing: input.replace == true)
            return ToolResult(structured: ["template": .string(input.name), "inputs": .object(members)])
        }
    }

    private var expire: Tool {
        Tool(
            "expire_deployments",
            title: "Destroy expired deployments",
            description: """
                Destroys the deployments whose time is over, with their data, as their profiles say and as was agreed \
                when they were made. The same happens by itself when this server starts.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            outputSchema: Self.openObject
        ) { (_: NoInput, _) in
            let verdicts = try await Expiry(core: core).destroyDue()
            return ToolResult(
                structured: ["count": JSONValue(verdicts.count), "deployments": .array(verdicts.map(\.json))]
            )
        }
    }
}
