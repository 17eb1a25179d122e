// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import YAMLSource

/// The operator's record of the plugins that were looked at and trusted: `plugins.lock`.
public struct LockFile: Sendable {
    public struct Pin: Sendable, Hashable {
        public var fingerprint: PluginFingerprint
        /// Whose signature was found good when the plugin was trusted.
        public var signer: String?

        public init(_ fingerprint: PluginFingerprint, signer: String?) {
            self.fingerprint = fingerprint
            self.signer = signer
        }
    }

    public let path: String
    private var pins: [String: Pin] = [:]

    /// A file that is not there holds no pin. One that others can write to is worth nothing, and refused.
    public init(reading path: String) throws(MegaraptorError) {
        self.path = path
        guard FileStatus(path, followsLinks: false) != nil else { return }
        if let error = FileFault.error(FileCheck(writers: TrustedWriters()).faults(of: path)) { throw error }
        let document = try CheckedYAML.read(path, schema: Self.schema)
        for entry in document["plugins"]?.elements ?? [] {
            let pin = Pin(PluginFingerprint(checked: entry.json), signer: entry.json["signer"]?.stringValue)
            guard pins.updateValue(pin, forKey: pin.fingerprint.id) == nil else {
                throw MegaraptorError(
                    .invalidArgument,
                    "\(entry.position): the plugin \(pin.fingerprint.id) is pinned twice",
                    hint: "Correct the file \(path)."
                )
            }
        }
    }

    public subscript(plugin: String) -> Pin? {
        get { pins[plugin] }
        set { pins[plugin] = newValue }
    }

    public func write() throws(MegaraptorError) {
        let entries = pins.sorted { $0.key < $1.key }.map { _, pin in
            var entry = pin.fingerprint.json
            entry["signer"] = pin.signer.map(JSONValue.string)
            return JSONValue.object(entry)
        }
        do {
            let text = Self.heading + YAMLEmitter.text(for: ["plugins": .array(entries)])
            try WholeFile.write(text.utf8, to: path)
        } catch {
            throw MegaraptorError(
                .internal,
                "The lock file \(path) cannot be written.",
                hint: "Check its folder's space and permissions.",
                cause: "\(error)"
            )
        }
    }

    private static let heading = """
        # Plugins that this host may open, each as it was when somebody trusted it.
        # Written by `megaraptor-mcp plugins trust ID`; `megaraptor-mcp plugins untrust ID` takes one out.
        # A plugin that is not as it stands here is refused.

        """

    private static let schema = Result { () throws(JSONSchemaError) in
        var properties = PluginFingerprint.schema.objectValue ?? [:]
        properties["signer"] = ["type": "string"]
        let pin: JSONValue = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "required": .array(PluginFingerprint.required),
        ]
        return try JSONSchema([
            "type": "object", "additionalProperties": false, "required": ["plugins"],
            "properties": ["plugins": ["type": "array", "items": pin]],
        ])
    }
}
