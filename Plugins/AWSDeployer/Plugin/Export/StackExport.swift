// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The template as files, for people who deploy it by their own means. It asks no account.
enum StackExport {
    static let formats = ["cloudformation", "terraform-variables"]

    static func files(_ request: DeploymentRequest, format: String) throws(MegaraptorError) -> [ExportedFile] {
        let zone = try DeployerState(request.state).zone
        let template = try StackTemplate(request.deployment, try AWSOptions(request.options), zone: zone)
        switch format {
        case "cloudformation": return [ExportedFile(name: "velociraptor.cloudformation.yaml", text: template.body)]
        case "terraform-variables": return [ExportedFile(name: "velociraptor.tfvars", text: variables(template))]
        default:
            throw MegaraptorError(
                .unsupported,
                "The deployer aws writes no \(format).",
                hint: "It writes: \(formats.joined(separator: ", "))."
            )
        }
    }

    private static func variables(_ template: StackTemplate) -> String {
        let id = template.deployment.id
        var variables = TerraformVariables(
            preamble: """
                Velociraptor \(id) on AWS: the inputs of its server, for a configuration of one's own. There is no key and no
                password in it. The template that belongs to it is the export "cloudformation"; with it the whole is

                  resource "aws_cloudformation_stack" "velociraptor" {
                    name          = var.stack_name
                    template_body = file("velociraptor.cloudformation.yaml")
                    parameters    = merge(var.parameters, {
                      ConfigurationSecret  = aws_secretsmanager_secret.configuration.arn
                      ConfigurationVersion = aws_secretsmanager_secret_version.configuration.version_id
                    })
                    capabilities  = ["CAPABILITY_IAM"]
                    tags          = var.tags
                  }

                Give the secret's value by secret_string_wo: what stands in secret_string is in Terraform's state as well.
                """
        )
        if let region = template.options.region {
            variables.set("region", .string(region), "Where it is made.")
        }
        variables.set(
            "stack_name",
            .string(StackTemplate.stackName(template.deployment)),
            "Names what has a fixed name."
        )
        variables.set("tags", template.tags.map, "What everything is found by.")
        let parameters = template.parameters.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        variables.set("parameters", .object(JSONObject(parameters)), "The template's parameters, all of them text.")
        variables.set("open_ports", template.shape.openPortsJSON, "What the firewall lets in, and nothing else.")
        variables.set(
            "backup_days",
            JSONValue(template.shape.backupDays),
            "How long daily snapshots are kept; 0 for none."
        )
        return variables.text
    }
}
