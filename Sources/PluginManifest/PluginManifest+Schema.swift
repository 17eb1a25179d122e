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
            "name": ["type": "string", "minLength": 1, "maxLength": 100, "description": "For people."],
            "version": [
                "type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.-]+)?$",
                "description": "Semantic version; equals the version in the code.",
            ],
            "abi": ["const": 1, "description": "The contract's major version."],
            "min_host": [
                "type": "integer", "minimum": 0, "description": "The contract's lowest minor version that will do.",
            ],
            "library": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+$",
                "description": "The library's file name without folders. It lies beside the manifest.",
            ],
            "description": [
                "type": "string", "minLength": 1, "description": "For people and for the assistant: a sentence or two.",
            ],
            "license": ["type": "string", "minLength": 1, "description": "An SPDX identifier."],
            "activation": [
                "enum": ["on_call", "startup"],
                "description": "When the library is opened: at its first call, or when the host starts.",
            ],
            "isolation": [
                "enum": ["in_process", "process"],
                "description": "process: in a worker of its own, whose crash costs only its calls.",
            ],
            "sha256": [
                "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the library, to find accidents.",
            ],
            "permissions": permissions,
            "contributes": contributes,
            "config_schema": ["type": "object", "description": "A JSON Schema for the operator's settings."],
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
                        "default": ["type": "boolean", "description": "false: off until turned on."],
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
            "toolset": ["$ref": "#/$defs/name", "description": "One of contributes.toolsets."],
            "annotations": [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "read_only": ["type": "boolean", "description": "It changes nothing. false by default."],
                    "destructive": ["type": "boolean", "description": "It may take something away. true by default."],
                    "idempotent": ["type": "boolean", "description": "A second call changes nothing more."],
                    "open_world": ["type": "boolean", "description": "It reaches beyond a closed set of things."],
                ],
            ],
            "asks_first": [
                "type": "boolean", "description": "false: a person is asked only where every change is confirmed.",
            ],
            "read_only_mode": ["const": "restricted", "description": "The tool itself only reads then, and stays."],
            "aliases": list(of: ["$ref": "#/$defs/name"], "Names that it had before; calls by them run."),
            "input_schema": objectSchema("A JSON Schema for the arguments."),
            "output_schema": objectSchema("A JSON Schema for structuredContent."),
            "run": [
                "type": "object", "minProperties": 1, "maxProperties": 1,
                "description": "Who runs a tool that has no code, and how.",
            ],
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
                        "required": ["type": "boolean"],
                        "completed_by": [
                            "$ref": "#/$defs/text", "description": "The plugin that proposes values, by its id.",
                        ],
                        "pattern": [
                            "$ref": "#/$defs/text",
                            "description": "A regular expression to be found in the value; anchor it.",
                        ],
                        "default": [
                            "$ref": "#/$defs/text", "description": "Fills the body's places where nothing is given.",
                        ],
                        "enum": [
                            "type": "array", "minItems": 1, "maxItems": 100, "items": ["$ref": "#/$defs/text"],
                            "description": "The values there are; the host proposes them.",
                        ],
                    ],
                ]
            ),
            "body": [
                "$ref": "#/$defs/text",
                "description": "Markdown with {{argument}} places. A prompt with a body needs no code.",
            ],
            "body_file": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+\\.md$",
                "description": "The file beside the manifest that holds the body.",
            ],
        ],
    ]

    private static func objectSchema(_ description: JSONValue) -> JSONValue {
        [
            "type": "object", "required": ["type"], "properties": ["type": ["const": "object"]],
            "description": description,
        ]
    }

    private static func list(of items: JSONValue, _ description: JSONValue? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "array", "items": items]
        schema["description"] = description
        return .object(schema)
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
