// SPDX-License-Identifier: Apache-2.0

package import JSONValue

extension PluginManifest {
    /// The shape of `plugin.yaml`. Unknown keys are errors: a misspelt key must not be a missing one.
    package static let schema: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "megaraptor plugin manifest",
        "type": "object",
        "additionalProperties": false,
        "required": ["schema", "id", "name", "version", "abi", "description", "license", "contributes"],
        "properties": [
            "schema": ["const": 1, "description": "The version of this format."],
            "id": [
                "type": "string", "pattern": "^[a-z0-9-]+(\\.[a-z0-9-]+)+$", "maxLength": 100,
                "description": "Reverse DNS; equals the id in the code.",
            ],
            "name": ["type": "string", "minLength": 1, "maxLength": 100],
            "version": ["type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.-]+)?$"],
            "abi": ["const": 1, "description": "The contract's major version."],
            "min_host": ["type": "integer", "minimum": 0],
            "library": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+$",
                "description": "A file name without folders.",
            ],
            "description": ["type": "string", "minLength": 1],
            "license": ["type": "string", "minLength": 1, "description": "An SPDX identifier."],
            "activation": ["enum": ["on_call", "startup"]],
            "isolation": [
                "enum": ["in_process", "process"],
                "description": "process: in a worker of its own, whose crash costs only its calls.",
            ],
            "sha256": [
                "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the library, to find accidents.",
            ],
            "permissions": permissions,
            "contributes": contributes,
            "config_schema": ["type": "object"],
        ],
        "$defs": [
            "name": ["type": "string", "pattern": "^[A-Za-z0-9_.-]{1,128}$"],
            "text": ["type": "string", "minLength": 1],
            "tool": tool,
            "prompt": prompt,
        ],
    ]

    private static let contributes: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "toolsets": list(
                of: [
                    "type": "object", "additionalProperties": false, "required": ["name", "description"],
                    "properties": [
                        "name": ["$ref": "#/$defs/name"], "description": ["$ref": "#/$defs/text"],
                        "default": ["type": "boolean"],
                    ],
                ]
            ),
            "tools": list(of: ["$ref": "#/$defs/tool"]),
            "resources": list(of: addressed(by: "uri")),
            "resource_templates": list(of: addressed(by: "uri_template")),
            "prompts": list(of: ["$ref": "#/$defs/prompt"]),
        ],
    ]

    private static let tool: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "description", "toolset", "input_schema"],
        "properties": [
            "name": ["$ref": "#/$defs/name"],
            "title": ["$ref": "#/$defs/text"],
            "description": ["$ref": "#/$defs/text"],
            "toolset": ["$ref": "#/$defs/name"],
            "annotations": [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "read_only": ["type": "boolean"], "destructive": ["type": "boolean"],
                    "idempotent": ["type": "boolean"], "open_world": ["type": "boolean"],
                ],
            ],
            "asks_first": ["type": "boolean"],
            "read_only_mode": ["const": "restricted", "description": "The tool itself only reads then, and stays."],
            "aliases": list(of: ["$ref": "#/$defs/name"]),
            "input_schema": objectSchema,
            "output_schema": objectSchema,
        ],
    ]

    private static let prompt: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "description"],
        "properties": [
            "name": ["$ref": "#/$defs/name"],
            "title": ["$ref": "#/$defs/text"],
            "description": ["$ref": "#/$defs/text"],
            "arguments": list(
                of: [
                    "type": "object", "additionalProperties": false, "required": ["name", "description"],
                    "properties": [
                        "name": ["$ref": "#/$defs/name"], "description": ["$ref": "#/$defs/text"],
                        "required": ["type": "boolean"], "completed_by": ["$ref": "#/$defs/text"],
                        "pattern": ["$ref": "#/$defs/text"], "default": ["$ref": "#/$defs/text"],
                        "enum": ["type": "array", "minItems": 1, "maxItems": 100, "items": ["$ref": "#/$defs/text"]],
                    ],
                ]
            ),
            "body": ["$ref": "#/$defs/text"],
            "body_file": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+\\.md$",
                "description": "A file name without folders.",
            ],
        ],
    ]

    private static let objectSchema: JSONValue = [
        "type": "object", "required": ["type"], "properties": ["type": ["const": "object"]],
    ]

    private static func list(of items: JSONValue) -> JSONValue {
        ["type": "array", "items": items]
    }

    private static func addressed(by key: String) -> JSONValue {
        let properties: JSONObject = [
            key: ["$ref": "#/$defs/text"], "name": ["$ref": "#/$defs/text"], "title": ["$ref": "#/$defs/text"],
            "description": ["$ref": "#/$defs/text"], "mime_type": ["$ref": "#/$defs/text"],
        ]
        return [
            "type": "object", "additionalProperties": false, "required": [.string(key), "name", "description"],
            "properties": .object(properties),
        ]
    }
}
