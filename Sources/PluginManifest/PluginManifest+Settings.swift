// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

extension PluginManifest {
    /// Holds the operator's settings for this plugin against its `config_schema`. Without one anything goes.
    public func check(settings: JSONValue) throws(MegaraptorError) {
        guard let configSchema else { return }
        let violations: [JSONSchemaViolation]
        do {
            violations = try JSONSchema(configSchema).validate(settings)
        } catch {
            throw MegaraptorError(.invalidArgument, "The config_schema of \(id) is itself wrong: \(error)")
        }
        guard !violations.isEmpty else { return }
        throw MegaraptorError(
            .invalidArgument,
            "The settings for \(id) are wrong: \(violations.map(\.description).joined(separator: "; ")).",
            hint: "Correct plugins.\(id) in the operator's configuration."
        )
    }

    /// Holds all settings against their plugins. Settings for a plugin that is not there are a slip, not a wish.
    public static func check(
        settings: [String: JSONValue],
        of manifests: [PluginManifest]
    ) throws(MegaraptorError) {
        for (id, settings) in settings.sorted(by: { $0.key < $1.key }) {
            guard let manifest = manifests.first(where: { $0.id == id }) else {
                let nearest = Spelling.nearest(to: id, among: manifests.map(\.id))
                throw MegaraptorError(
                    .invalidArgument,
                    "There are settings for the plugin \(id), which was not found.",
                    hint: nearest.map { "Did you mean \($0)?" } ?? "megaraptor-mcp plugins list shows what was found."
                )
            }
            try manifest.check(settings: settings)
        }
    }
}
