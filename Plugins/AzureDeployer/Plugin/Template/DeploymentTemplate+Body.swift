// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension DeploymentTemplate {
    /// The template. Where it is deployed it needs the parameters that ``parameters`` does not have.
    var body: JSONValue {
        [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "metadata": ["description": .string(description)],
            "parameters": .object(JSONObject(parameterEntries.map { ($0.name, $0.json) })),
            "variables": ["bootHead": .string(bootHead), "bootScript": .string(bootScript.text)],
            "resources": .array(resources.map(\.json)),
            "outputs": .object(JSONObject(outputs.map { ($0.name, $0.json) })),
        ]
    }

    private var description: String {
        "Velociraptor server \(deployment.id) (profile \(deployment.profile)): one machine with an encrypted data disk that"
            + " outlives it. The configuration holds private keys: it is a secure parameter, goes into the Key Vault, and"
            + " only the machine's own identity reads it there. \(ServerShape.frontendLimits)"
    }

    /// What is known from the inputs, as a deployment takes it. The engine adds `serverConfiguration`,
    /// `configurationVersion` and, where no key was given, `sshPublicKey`.
    var parameters: JSONObject {
        JSONObject(parameterEntries.compactMap { entry in entry.value.map { (entry.name, ["value": $0]) } })
    }

    var parameterEntries: [TemplateParameter] { placing + program + settings }

    private var placing: [TemplateParameter] {
        [
            TemplateParameter(
                "location",
                "string",
                "Where everything is made.",
                value: options.region.map(JSONValue.string),
                standard: "[resourceGroup().location]"
            ),
            TemplateParameter("tags", "object", "What everything is found by.", value: .object(tags)),
            TemplateParameter("vmSize", "string", "The machine's size.", value: .string(vmSize)),
            TemplateParameter(
                "serverHostname",
                "string",
                "The name that agents have been given.",
                value: .string(deployment.hostname)
            ),
            TemplateParameter(
                "dataDiskSizeGB",
                "int",
                "The data disk. It can grow, never shrink.",
                value: JSONValue(shape.diskGB),
                ["minValue": 20, "maxValue": 16_384]
            ),
            TemplateParameter(
                "keyVaultName",
                "string",
                "The name of the vault, which no other in the world may have.",
                value: .string(keyVaultName),
                ["minLength": 3, "maxLength": 24]
            ),
        ]
    }

    private var program: [TemplateParameter] {
        let source = shape.program
        return [
            TemplateParameter(
                "programUrl",
                "string",
                "Where the machine fetches the server program.",
                value: .string(source.url)
            ),
            TemplateParameter(
                "programSha256",
                "string",
                "The program's checksum; another program is not installed.",
                value: .string(source.sha256),
                ["minLength": 64, "maxLength": 64]
            ),
            TemplateParameter("programVersion", "string", "The program's version.", value: .string(source.version)),
        ]
    }

    private var settings: [TemplateParameter] {
        [
            TemplateParameter(
                "serverConfiguration",
                "securestring",
                "The text of server.config.yaml, which holds private keys."
            ),
            TemplateParameter(
                "configurationVersion",
                "string",
                "Any text that is another one for each other configuration. With it the machine fetches the configuration anew."
            ),
            TemplateParameter(
                "sshPublicKey",
                "string",
                "The administrator's public key, in OpenSSH's form.",
                value: options.sshKey.map(JSONValue.string)
            ),
        ]
    }
}
