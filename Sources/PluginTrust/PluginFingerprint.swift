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

    /// - Parameter json: an object that ``schema(adding:required:)`` has accepted.
    init(checked json: JSONObject) {
        self.json = JSONObject(json.filter { Self.members[$0.key] != nil })
    }

    public var library: String? { json["sha256"]?.stringValue }
    public var manifest: String { json["manifest_sha256"]?.stringValue ?? "" }

    private static let members: JSONObject = [
        "id": ["type": "string"], "version": ["type": "string"], "abi": ["type": "integer"],
        "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
        "manifest_sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
    ]

    /// The shape of an object that holds a fingerprint and more.
    static func schema(adding more: JSONObject, required: [JSONValue] = []) -> JSONValue {
        [
            "type": "object", "additionalProperties": false,
            "properties": .object(JSONObject(members.map { $0 } + more.map { $0 })),
            "required": .array(["id", "version", "abi", "manifest_sha256"] + required),
        ]
    }

    /// The first member in which this, the truth, is not as it was stated.
    func difference(from stated: PluginFingerprint) -> String? {
        let keys = Set(json.keys).union(stated.json.keys).sorted()
        guard let key = keys.first(where: { json[$0] != stated.json[$0] }) else { return nil }
        func text(_ value: JSONValue?) -> String { value.map { $0.stringValue ?? $0.json() } ?? "missing" }
        return "\(key) is \(text(json[key])) instead of \(text(stated.json[key]))"
    }

    /// The digest of what `sha256sum` prints for the manifest's files, sorted by name.
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
    /// The manifest and every file beside it that what it contributes names with a key ending in `_file`, and libraries beside it
    /// that have native functions.
    var fileNames: Set<String> {
        let entries = (contributesJSON.objectValue ?? [:]).flatMap { $0.value.arrayValue ?? [] }
        let runs = entries.flatMap { ($0["run"]?.objectValue ?? [:]).map(\.value) }
        let members = (entries + runs).flatMap { ($0.objectValue ?? [:]).map { $0 } }
        let files = members.filter { $0.key.hasSuffix("_file") }.compactMap(\.value.stringValue)
        return Set(files + nativeLibraries + ["plugin.yaml"])
    }
}
