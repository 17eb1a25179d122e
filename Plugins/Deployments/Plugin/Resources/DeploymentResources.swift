// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension DeploymentsPlugin {
    var deploymentList: Resource {
        Resource(
            "velociraptor://deployments",
            name: "deployments",
            title: "Deployments",
            description:
                "The servers that were deployed from here, the deployers that are installed with their inputs, the profiles and the saved templates.",
            mimeType: "application/json"
        ) { uri, context in
            var answer = try await DeploymentList(core: core)(includesDestroyed: false)
            answer["type"] = "deployment_list"
            var deployers: [JSONValue] = []
            for info in try await core.deployers() { deployers.append(await describe(info, context)) }
            answer["deployers"] = .array(deployers)
            answer["profiles"] = .array(DeploymentProfile.all.map(\.json))
            answer["templates"] = .array(try await core.templates().names().map(JSONValue.string))
            return [ResourceContents(uri: uri, text: JSONValue.object(answer).json(), mimeType: "application/json")]
        }
    }

    var deploymentDetails: ResourceTemplate {
        ResourceTemplate(
            "velociraptor://deployments/{deployment_id}",
            name: "deployment",
            title: "One deployment",
            description: "One deployed server: what is kept of it, and how it is now.",
            mimeType: "application/json"
        ) { uri, values, context in
            let id = try DeploymentID(values["deployment_id"] ?? "")
            var answer = try await DeploymentStatus(core: core, context: context)(id)
            answer["type"] = "deployment_detail"
            return [ResourceContents(uri: uri, text: JSONValue.object(answer).json(), mimeType: "application/json")]
        }
    }

    /// A deployer, what it takes, and whether it can be used.
    private func describe(_ info: ProviderInfo, _ context: CallContext) async -> JSONValue {
        var entry: JSONObject = [
            "name": .string(info.name), "plugin": .string(info.plugin), "version": .string(info.version),
            "description": .string(info.description), "options": info.inputSchema,
        ]
        do throws(MegaraptorError) {
            let usability = try await core.deployer(info.name, for: context).usable([:])
            entry["usable"] = .bool(usability.usable)
            entry["reasons"] = .array(usability.reasons.map(JSONValue.string))
            entry["facts"] = .object(
                JSONObject(usability.facts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            )
        } catch {
            entry["usable"] = .null
            entry["reasons"] = [.string("It could not be asked: \(error.message)")]
        }
        return .object(entry)
    }
}
