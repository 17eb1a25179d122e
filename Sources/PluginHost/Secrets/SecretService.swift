// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest

/// Gives plugins the secrets that their manifests name.
struct SecretService: Sendable {
    /// The manifest, by plugin id.
    let manifest: @Sendable (String) -> PluginManifest?
    let read: PluginHost.ReadSecret
    /// `nil` where plugins can keep none.
    var keeper: SecretKeeper?
    let redactor: Redactor

    /// `{value, type}`; a value that is no text in UTF-8 comes in base64, with `base64: true`.
    ///
    /// Whether there is such a secret is told only to whom may use it.
    func use(_ name: String, by plugin: String) throws(MegaraptorError) -> JSONValue {
        let manifest = manifest(plugin)
        guard manifest?.permissions.secrets.contains(where: { NamePattern($0).matches(name) }) == true else {
            throw MegaraptorError(
                .permissionDenied,
                "The plugin \(plugin) may not use the secret \"\(name)\": its manifest does not name it.",
                hint:
                    "Add \"- \(name)\" under permissions: secrets: in \(manifest?.folder ?? "its folder")/plugin.yaml."
            )
        }
        let (type, value) = try read(name)
        redactor.add(value, name: name)
        guard let text = String(validating: value, as: UTF8.self) else {
            return ["value": .string(Base64.encode(value)), "base64": true, "type": .string(type)]
        }
        return ["value": .string(text), "type": .string(type)]
    }
}

extension PluginHost {
    /// Finds a secret by its name. Runs when a plugin asks, on the plugin's time.
    public typealias ReadSecret = @Sendable (String) throws(MegaraptorError) -> (type: String, value: [UInt8])

    /// For a host without a store.
    public static let noSecrets: ReadSecret = { _ throws(MegaraptorError) in
        throw MegaraptorError(.unsupported, "This host keeps no secrets.")
    }
}
