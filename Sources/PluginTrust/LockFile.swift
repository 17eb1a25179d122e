// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import YAMLSource

/// The operator's record of the plugins that were looked at and trusted: `plugins.lock`. The host only reads it.
public struct LockFile: Sendable {
    public let path: String
    /// By the plugins' ids: a fingerprint's members, and as `signer` whose signature was found good at that time.
    public var pins: [String: JSONObject] = [:]

    /// A file that is not there holds no pin. One that others can write to is worth nothing, and refused.
    public init(reading path: String) throws(MegaraptorError) {
        self.path = path
        guard FileStatus(path, followsLinks: false) != nil else { return }
        if let error = FileFault.error(FileCheck(writers: TrustedWriters()).faults(of: path)) { throw error }
        let document = try CheckedYAML.read(path, schema: Self.schema)
        for entry in document["plugins"]?.elements ?? [] {
            let id = entry.json["id"]?.stringValue ?? ""
            guard pins.updateValue(entry.json.objectValue ?? [:], forKey: id) == nil else {
                let message = "\(entry.position): the plugin \(id) is pinned twice"
                throw MegaraptorError(.invalidArgument, message, hint: "Correct the file \(path).")
            }
        }
    }

    private static let schema = Result { () throws(JSONSchemaError) in
        let pin = PluginFingerprint.schema(adding: ["signer": ["type": "string"]])
        return try JSONSchema([
            "type": "object", "additionalProperties": false, "required": ["plugins"],
            "properties": ["plugins": ["type": "array", "items": pin]],
        ])
    }
}
