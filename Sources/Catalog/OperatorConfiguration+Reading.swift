// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import YAMLSource

extension OperatorConfiguration {
    /// Reads `megaraptor.yaml`.
    /// - Throws: `invalid_argument` with `file:line:column` for each thing that is wrong; unknown keys are wrong.
    public init(file: String) throws(MegaraptorError) {
        let document = try CheckedYAML.read(file, schema: Self.compiledSchema)
        let json = document.json
        self.init()
        pluginFolders = json["plugin_dirs"]?.arrayValue?.compactMap(\.stringValue) ?? []
        policy.readOnly = json["read_only"]?.boolValue ?? false
        if let names = json["toolsets"]?.arrayValue { policy.toolsets = .named(names.compactMap(\.stringValue)) }
        confirm = json["confirm"]?.stringValue
        if let seconds = json["limits"]?["deadline_seconds"]?.integerValue { deadline = .seconds(seconds) }
        if let bytes = json["limits"]?["result_bytes"]?.integerValue { resultBytes = Int(bytes) }
        for (id, settings) in json["plugins"]?.objectValue ?? [:] { self.settings[id] = settings }
    }

    private static let compiledSchema = Result { () throws(JSONSchemaError) in try JSONSchema(schema) }

    static let schema: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "megaraptor operator's configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "plugin_dirs": ["type": "array", "items": ["type": "string", "minLength": 1]],
            "toolsets": ["type": "array", "items": ["type": "string", "minLength": 1]],
            "read_only": ["type": "boolean"],
            "confirm": ["enum": ["never", "destructive", "every-change"]],
            "limits": [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "deadline_seconds": ["type": "integer", "minimum": 1, "maximum": 86400],
                    "result_bytes": ["type": "integer", "minimum": 4096, "maximum": 67_108_864],
                ],
            ],
            "plugins": ["type": "object", "additionalProperties": ["type": "object"]],
        ],
    ]
}

extension CatalogPolicy.Toolsets {
    /// `all` among the names means every toolset, `default` those that are on as shipped.
    public static func named(_ names: [String]) -> Self {
        names.contains("all") ? .all : .only(Set(names))
    }
}
