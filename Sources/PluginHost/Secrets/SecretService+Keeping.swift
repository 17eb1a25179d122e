// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest

extension SecretService {
    /// Keeps `{name, type, value, base64?, replace?}`.
    ///
    /// From here on the value is taken out of whatever leaves the plugin. What is there already is replaced only where
    /// the plugin says so, because it may be somebody's only copy.
    func keep(_ params: JSONValue, for plugin: String) throws(MegaraptorError) -> JSONValue {
        guard let name = params["name"]?.stringValue, let text = params["value"]?.stringValue,
            let value = params["base64"] == true ? Base64.decode(text.utf8) : Array(text.utf8)
        else {
            throw MegaraptorError(.invalidArgument, "A secret needs a name and a value.")
        }
        let keeper = try keeper(for: plugin, name)
        if params["replace"] != true, try keeper.list().contains(where: { $0["name"] == .string(name) }) {
            throw MegaraptorError(
                .conflict,
                "There is a secret \"\(name)\" already, and it was left as it is.",
                hint: "Choose another name, or say that it is to be replaced."
            )
        }
        redactor.add(value, name: name)
        try keeper.put(name, params["type"]?.stringValue ?? "text", value)
        return [:]
    }

    func remove(_ name: String, for plugin: String) throws(MegaraptorError) -> JSONValue {
        try keeper(for: plugin, name).delete(name)
        return [:]
    }

    /// Of the secrets that the plugin may keep: `{secrets: [{name, type, created, changed}]}`.
    func list(for plugin: String) throws(MegaraptorError) -> JSONValue {
        guard let keeper else { throw Self.noKeeper }
        let patterns = patterns(of: plugin)
        let secrets = try keeper.list().filter { secret in
            patterns.contains { $0.matches(secret["name"]?.stringValue ?? "") }
        }
        return ["secrets": .array(secrets.map(JSONValue.object))]
    }

    private func keeper(for plugin: String, _ name: String) throws(MegaraptorError) -> SecretKeeper {
        guard patterns(of: plugin).contains(where: { $0.matches(name) }) else {
            throw MegaraptorError(
                .permissionDenied,
                "The plugin \(plugin) may not keep or remove the secret \"\(name)\": its manifest does not name it.",
                hint: """
                    Add \"- \(name)\" under permissions: keeps_secrets: in \
                    \(manifest(plugin)?.folder ?? "its folder")/plugin.yaml.
                    """
            )
        }
        guard let keeper else { throw Self.noKeeper }
        return keeper
    }

    private func patterns(of plugin: String) -> [NamePattern] {
        (manifest(plugin)?.permissions.keepsSecrets ?? []).map { NamePattern($0) }
    }

    private static var noKeeper: MegaraptorError {
        MegaraptorError(.unsupported, "This host keeps no secrets.")
    }
}
