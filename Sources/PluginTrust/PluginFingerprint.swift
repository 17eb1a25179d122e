// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
public import JSONValue
public import MegaraptorErrors
public import PluginManifest

/// What is pinned and signed of a plugin: which one it is, and every byte that its author wrote.
public struct PluginFingerprint: Sendable, Hashable {
    /// `{id, version, abi, manifest_sha256}` and the library's `sha256`, where there is one.
    public let json: JSONObject

    public init(of manifest: PluginManifest, library sha256: String?) throws(MegaraptorError) {
        var json: JSONObject = [
            "id": .string(manifest.id), "version": .string(manifest.version), "abi": JSONValue(manifest.abi),
        ]
        json["sha256"] = sha256.map(JSONValue.string)
        json["manifest_sha256"] = .string(try Self.digest(of: manifest))
        self.json = json
    }

    /// - Parameter json: an object that the schema of a pin or signature has accepted.
    init(checked json: JSONValue) {
        let members = json.objectValue ?? [:]
        self.json = JSONObject(members.filter { Self.schema.objectValue?[$0.key] != nil })
    }

    public var id: String { json["id"]?.stringValue ?? "" }
    public var library: String? { json["sha256"]?.stringValue }
    public var manifest: String { json["manifest_sha256"]?.stringValue ?? "" }

    /// The members, for the schemas of files that hold fingerprints.
    static let schema: JSONValue = [
        "id": ["type": "string"], "version": ["type": "string"], "abi": ["type": "integer"],
        "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the library."],
        "manifest_sha256": [
            "type": "string", "pattern": "^[0-9a-f]{64}$",
            "description": "Of what sha256sum prints for plugin.yaml and the files that it names, sorted by name.",
        ],
    ]
    static let required: [JSONValue] = ["id", "version", "abi", "manifest_sha256"]

    /// The first member in which this, the truth, is not as it was stated.
    func difference(from stated: PluginFingerprint) -> String? {
        let keys = Set(json.keys).union(stated.json.keys).sorted()
        guard let key = keys.first(where: { json[$0] != stated.json[$0] }) else { return nil }
        func text(_ value: JSONValue?) -> String { value.map { $0.stringValue ?? $0.json() } ?? "missing" }
        return "\(key) is \(text(json[key])) instead of \(text(stated.json[key]))"
    }

    private static func digest(of manifest: PluginManifest) throws(MegaraptorError) -> String {
        var lines = ""
        for name in manifest.fileNames.sorted() {
            let content = try CheckedYAML.contents(of: "\(manifest.folder)/\(name)")
            lines += "\(Hexadecimal.encode(try SHA256.digest(content)))  \(name)\n"
        }
        return Hexadecimal.encode(try SHA256.digest(Array(lines.utf8)))
    }
}

extension PluginManifest {
    /// The manifest and every file beside it that a key ending in `_file` names, or that has native functions.
    var fileNames: Set<String> {
        func names(_ value: JSONValue) -> [String] {
            (value.arrayValue ?? []).flatMap(names)
                + (value.objectValue ?? [:]).flatMap { key, value in
                    key.hasSuffix("_file") ? [value.stringValue].compactMap { $0 } : names(value)
                }
        }
        return Set(names(contributesJSON) + nativeLibraries + ["plugin.yaml"])
    }
}
