// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The template as files, for people who deploy it by their own means. It asks no account.
enum TemplateExport {
    static let formats = ["arm", "terraform-variables"]

    static func files(_ request: DeploymentRequest, format: String) throws(MegaraptorError) -> [ExportedFile] {
        let template = try DeploymentTemplate(request.deployment, try AzureOptions(request.options))
        switch format {
        case "arm":
            return [
                ExportedFile(name: "azuredeploy.json", text: template.body.prettyJSON() + "\n"),
                ExportedFile(name: "azuredeploy.parameters.json", text: parameters(template).prettyJSON() + "\n"),
            ]
        case "terraform-variables": return [ExportedFile(name: "velociraptor.tfvars", text: variables(template))]
        default:
            throw MegaraptorError(
                .unsupported,
                "The deployer azure writes no \(format).",
                hint: "It writes: \(formats.joined(separator: ", "))."
            )
        }
    }

    /// A file of parameters, without those that hold a secret or that only a deployment knows: they go beside it.
    private static func parameters(_ template: DeploymentTemplate) -> JSONValue {
        [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
            "contentVersion": "1.0.0.0",
            "parameters": .object(template.parameters),
        ]
    }

    private static func variables(_ template: DeploymentTemplate) -> String {
        var variables = TerraformVariables(
            preamble: """
                Velociraptor \(template.deployment.id) on Azure: the inputs of its server, for a configuration of one's own.
                There is no key and no password in it. The template that belongs to it is the export "arm"; with it the whole is

                  resource "azurerm_resource_group_template_deployment" "velociraptor" {
                    name                = "velociraptor"
                    resource_group_name = var.resource_group
                    deployment_mode     = "Incremental"
                    template_content    = file("azuredeploy.json")
                    parameters_content  = jsonencode(merge(
                      { for name, value in var.parameters : name => { value = value } },
                      {
                        serverConfiguration  = { reference = { keyVault = { id = var.vault }, secretName = "…" } }
                        configurationVersion = { value = "1" }
                        sshPublicKey         = { value = file("key.pub") }
                      }
                    ))
                    tags                = var.tags
                  }

                Let serverConfiguration come from a vault, as shown: a value would be in Terraform's state as well.
                """
        )
        variables.set(
            "resource_group",
            .string(template.options.resourceGroup ?? template.name),
            "A group of its own for everything."
        )
        variables.set("tags", .object(template.tags), "What everything is found by.")
        let values = template.parameters.compactMap { name, entry in entry["value"].map { (name, $0) } }
        variables.set("parameters", .object(JSONObject(values)), "The template's parameters.")
        variables.set("open_ports", template.shape.openPortsJSON, "What the firewall lets in, and nothing else.")
        variables.set(
            "backup_days",
            JSONValue(template.shape.backupDays),
            "How long daily backups are kept; 0 for none."
        )
        return variables.text
    }
}
