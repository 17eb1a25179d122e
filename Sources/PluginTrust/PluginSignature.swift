// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import YAMLSource

/// A detached signature, `plugin.sig` beside the manifest: who vouches for exactly this plugin. The host only reads it.
public struct PluginSignature: Sendable, Hashable {
    public static let fileName = "plugin.sig"

    /// What was signed.
    public let fingerprint: PluginFingerprint
    /// The signer's public key and the signature, in base64.
    public let key: String
    private let signature: String

    /// - Parameter folder: the plugin's.
    public init(in folder: String) throws(MegaraptorError) {
        guard Self.exists(in: folder) else {
            let command = "megaraptor-plugin sign \(ShellPath.quoted(folder)) --key FILE"
            let hint = "Ask its author for \(Self.fileName), or sign it yourself: \(command)"
            throw MegaraptorError(.permissionDenied, "The plugin in \(folder) is not signed.", hint: hint)
        }
        let json = try CheckedYAML.read("\(folder)/\(Self.fileName)", schema: Self.schema).json.objectValue ?? [:]
        fingerprint = PluginFingerprint(checked: json)
        key = json["key"]?.stringValue ?? ""
        signature = json["signature"]?.stringValue ?? ""
    }

    public static func exists(in folder: String) -> Bool { PluginSearch.isFile("\(folder)/\(fileName)") }

    /// - Parameters:
    ///   - real: what the plugin is, whatever the file states.
    ///   - signers: public keys by the names that operations gave them.
    /// - Returns: the signer's name.
    public func signer(of real: PluginFingerprint, among signers: [String: String]) throws(MegaraptorError) -> String {
        let id = real.json["id"]?.stringValue ?? ""
        func refusal(_ reason: String, _ hint: String) -> MegaraptorError {
            MegaraptorError(.permissionDenied, "The signature of \(id) \(reason).", hint: hint)
        }
        guard let name = signers.sorted(by: { $0.key < $1.key }).first(where: { $0.value == key })?.key else {
            let hint = "If you trust whoever holds it, put it there under a name."
            throw refusal("was made with the key \(key), which is none of trust.signers", hint)
        }
        if let difference = real.difference(from: fingerprint) {
            throw refusal("is for another plugin or version: \(difference)", "Get the plugin anew from \(name).")
        }
        guard let key = Base64.decode(key.utf8), let signature = Base64.decode(signature.utf8),
            try Ed25519.verifies(signature, of: Self.text(of: real), publicKey: key)
        else { throw refusal("was not made by \(name)", "Get the plugin anew from \(name).") }
        return name
    }

    /// The bytes that are signed: every member on a line of its own, in an order that never changes.
    package static func text(of fingerprint: PluginFingerprint) -> [UInt8] {
        let members = ["id", "version", "abi", "sha256", "manifest_sha256"].map { key in
            "\(key): \(fingerprint.json[key].map { $0.stringValue ?? $0.json() } ?? "-")\n"
        }
        return Array(("megaraptor plugin signature 1\n" + members.joined()).utf8)
    }

    private static let schema = Result { () throws(JSONSchemaError) in
        let key: JSONValue = ["type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$"]
        let signature: JSONValue = ["type": "string", "pattern": "^[A-Za-z0-9+/]{86}==$"]
        let more: JSONObject = ["key": key, "signature": signature]
        return try JSONSchema(PluginFingerprint.schema(adding: more, required: ["key", "signature"]))
    }
}
