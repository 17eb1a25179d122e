// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension DeploymentDraft {
    /// The deployer's own inputs, checked against what it says that it takes.
    static func options(
        _ inputs: ServerInputs,
        _ deployer: String,
        _ deployers: [ProviderInfo]
    ) throws(MegaraptorError) -> JSONValue {
        guard let info = deployers.first(where: { $0.name == deployer }) else {
            let names = deployers.map(\.name).joined(separator: ", ")
            throw MegaraptorError(
                .notFound,
                "There is no deployer \"\(deployer)\".",
                hint: names.isEmpty ? "No deployer is installed." : "Installed are: \(names)."
            )
        }
        var options = inputs.options?.objectValue ?? [:]
        let known = info.inputSchema["properties"]?.objectValue ?? [:]
        // Arguments of their own for what the original's tools had, under the deployer's names.
        let shortcuts = [
            ("target_host", "target_host", inputs.targetHost), ("ssh_user", "user", inputs.sshUser),
            ("ssh_key_path", "key_file", inputs.sshKeyPath),
        ]
        for (argument, option, value) in shortcuts {
            guard let value else { continue }
            guard known[option] != nil else {
                throw MegaraptorError(
                    .invalidArgument,
                    "The deployer \(deployer) takes no \(argument).",
                    hint: "Leave it out, or choose a deployment_type that reaches a machine."
                )
            }
            options[option] = options[option] ?? .string(value)
        }
        try check(.object(options), info)
        return .object(options)
    }

    /// - Throws: `invalid_argument` with all that does not fit.
    static func check(_ options: JSONValue, _ info: ProviderInfo) throws(MegaraptorError) {
        let schema: JSONSchema
        do throws(JSONSchemaError) {
            schema = try JSONSchema(info.inputSchema)
        } catch {
            throw MegaraptorError(.internal, "The schema of the deployer \(info.name) cannot be used: \(error).")
        }
        let violations = schema.validate(options)
        guard !violations.isEmpty else { return }
        let taken = (info.inputSchema["properties"]?.objectValue ?? [:]).map(\.key).joined(separator: ", ")
        throw MegaraptorError(
            .invalidArgument,
            "options does not fit the deployer \(info.name): \(violations.map(\.description).joined(separator: "; ")).",
            hint: "It takes: \(taken)."
        )
    }
}
