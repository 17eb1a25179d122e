// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What other plugins may ask of a plugin, through the host.
public struct ProviderContribution: Sendable, Hashable {
    /// With its version: `deploy.provider/1`.
    public var interface: String
    /// Unique among the providers of its interface.
    public var name: String
    public var title: String?
    public var description: String
    /// The operations that change nothing. All others are refused where only reading is allowed.
    public var reading: [String]
    /// A JSON Schema of what whoever asks may choose.
    public var inputSchema: JSONValue
}

extension ProviderContribution {
    init(checked json: JSONValue) {
        self.init(
            interface: json["interface"]?.stringValue ?? "",
            name: json["name"]?.stringValue ?? "",
            title: json["title"]?.stringValue,
            description: json["description"]?.stringValue ?? "",
            reading: json["reading"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            inputSchema: json["input_schema"] ?? [:]
        )
    }
}

extension PluginManifest {
    /// An entry of `contributes.providers`.
    static let provider: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["interface", "name", "description"],
        "properties": [
            "interface": [
                "type": "string", "pattern": "^[a-z0-9.-]+/[0-9]+$",
                "description": "What it understands, with the version: deploy.provider/1.",
            ],
            "name": [
                "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,31}$",
                "description": "Unique among the providers of its interface.",
            ],
            "title": ["$ref": "#/$defs/text", "description": "For people."],
            "description": [
                "$ref": "#/$defs/text", "description": "What it does, for whoever chooses among providers.",
            ],
            "reading": [
                "type": "array", "items": ["$ref": "#/$defs/name"],
                "description": "The operations that change nothing; all others are refused in read-only mode.",
            ],
            "input_schema": [
                "type": "object", "description": "A JSON Schema of what whoever asks may choose.",
            ],
        ],
    ]
}
