// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Writes what a deployer would stand a server up with, without asking anybody outside.
struct TemplateExport: Sendable {
    let core: DeploymentCore
    let context: CallContext

    /// - Parameters:
    ///   - format: one of the deployer's; empty for all.
    ///   - output: a folder that does not exist yet; `nil` for one of our own, which is written anew.
    func callAsFunction(
        _ inputs: ServerInputs,
        format: String,
        to output: String?
    ) async throws(MegaraptorError) -> JSONObject {
        let draft = try await Deploying(core: core, context: context).draft(inputs, profile: "standard", id: nil)
        let deployer = try await core.deployer(draft.deployerName, for: context)
        let request = DeploymentRequest(deployment: draft.specification, options: draft.options)
        let files = try await deployer.export(request, format: format)
        let folder =
            if let output { try ExportFolder(output) } else {
                try ExportFolder(ours: try await core.exportFolder() + "/\(draft.deployerName)-\(draft.profile.name)")
            }
        try folder.write(files)
        return [
            "deployment_type": .string(draft.deployerName), "profile": .string(draft.profile.name),
            "output_directory": .string(folder.path),
            "files": .array(
                files.map { ["name": .string($0.name), "path": .string("\(folder.path)/\($0.name)")] }
            ),
        ]
    }
}
