// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginManifest

extension PublishedTool {
    /// Arguments that do not fit, in words that help a model correct itself.
    struct ArgumentFault: Error {
        let message: String
    }

    /// Problems beyond this number help nobody.
    private static let mostProblems = 8

    /// Checks arguments against the plugin's schema and fills in defaults.
    func check(_ arguments: JSONObject) throws -> Result<JSONObject, ArgumentFault> {
        let schema: JSONSchema
        do {
            schema = try argumentSchema.schema()
        } catch {
            throw MegaraptorError(
                .internal,
                "The plugin \(pluginID) gives \(contribution.name) an inputSchema that cannot be used: \(error)."
            )
        }
        let completed = schema.applyingDefaults(to: .object(arguments))
        let violations = schema.validate(completed)
        guard violations.isEmpty else { return .failure(ArgumentFault(message: text(for: violations))) }
        return .success(completed.objectValue ?? arguments)
    }

    private func text(for violations: [JSONSchemaViolation]) -> String {
        var lines = ["invalid_argument: The arguments of \(contribution.name) do not fit its inputSchema."]
        lines += violations.prefix(Self.mostProblems).map { "- \($0)" }
        if violations.count > Self.mostProblems {
            lines.append("- and \(violations.count - Self.mostProblems) more")
        }
        lines.append("Correct these and call the tool again; nothing has been done.")
        return lines.joined(separator: "\n")
    }

    /// What in a structured result does not fit the output schema.
    func faultInOutput(_ structured: ArraySlice<UInt8>) -> String? {
        guard let resultSchema else { return nil }
        do {
            return try resultSchema.schema().validate(JSONValue(json: structured)).first?.description
        } catch {
            return "\(error)"
        }
    }
}
