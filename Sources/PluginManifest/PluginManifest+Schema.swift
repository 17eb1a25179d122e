// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension PluginManifest {
    /// The shape of `plugin.yaml`. Unknown keys are errors: a misspelt key must not be a missing one.
    public static let schema: JSONValue = [
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
                "description": "A semantic version; equals the version in the code.",
            ],
            "abi": ["const": 1, "description": "The contract's major version."],
            "min_host": [
                "type": "integer", "minimum": 0,
                "description": "The lowest minor version of the contract that a host must have.",
            ],
            "library": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+$",
                "description": "A file name without folders.",
            ],
            "description": [
                "type": "string", "minLength": 1, "description": "What it is for; an assistant reads it at the start.",
            ],
            "license": ["type": "string", "minLength": 1, "description": "An SPDX identifier."],
            "activation": [
                "enum": ["on_call", "startup"], "default": "on_call", "description": "When the library is opened.",
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
            "config_schema": [
                "type": "object",
                "description": "A JSON Schema for the plugin's settings in the operator's configuration.",
            ],
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
        "description": "What the plugin offers. Everything that is listed stands here, so that listing runs no code.",
        "properties": [
            "toolsets": list(
                of: [
                    "type": "object", "additionalProperties": false, "required": ["name", "description"],
                    "properties": [
                        "name": name("What operations switch it by."), "description": text("What its tools do."),
                        "default": flag("Whether it is on unless operations say otherwise.", true),
                    ],
                ],
                "Groups of tools that operations switch together."
            ),
            "tools": list(of: ["$ref": "#/$defs/tool"], "What an assistant can call."),
            "resources": list(of: addressed(by: "uri", "Its address."), "What an assistant can read."),
            "resource_templates": list(
                of: addressed(by: "uri_template", "An RFC 6570 template of level 1."),
                "Families of resources."
            ),
            "prompts": list(of: ["$ref": "#/$defs/prompt"], "Texts that a person can start from."),
            "runners": list(of: runner, "What runs tools that have no code."),
            "providers": list(of: provider, "What other plugins may ask of it, through the host."),
        ],
    ]

    private static let tool: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "description", "toolset", "input_schema"],
        "properties": [
            "name": name("What an assistant calls it by; no two tools of a host share one."),
            "title": text("For people."),
            "description": text("What it does and when to use it, for the model that chooses."),
            "toolset": name("One of contributes.toolsets."),
            "annotations": [
                "type": "object", "additionalProperties": false,
                "description": "What it does to the world. Operations switch and confirm by these.",
                "properties": [
                    "read_only": flag("It changes nothing.", false),
                    "destructive": flag("It may destroy something.", true),
                    "idempotent": flag("A second call with the same arguments changes nothing more.", false),
                    "open_world": flag("It reaches beyond a closed set of things that it owns.", true),
                ],
            ],
            "asks_first": flag("Whether a person is asked before it runs, where it may destroy something.", true),
            "read_only_mode": ["const": "restricted", "description": "The tool itself only reads then, and stays."],
            "aliases": list(of: ["$ref": "#/$defs/name"], "Former names; calls by them still arrive."),
            "input_schema": objectSchema("The JSON Schema of its arguments."),
            "output_schema": objectSchema("The JSON Schema of its structured results."),
            "run": run,
        ],
    ]

    private static let prompt: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "description"],
        "properties": [
            "name": name("What a client asks for it by."),
            "title": text("For people."),
            "description": text("What it is for."),
            "arguments": list(
                of: [
                    "type": "object", "additionalProperties": false, "required": ["name", "description"],
                    "properties": [
                        "name": name("Its place in the body is {{name}}."), "description": text("What to give."),
                        "required": flag("Whether it must be given.", false),
                        "completed_by": text("The id of the plugin that proposes values; the prompt's own without it."),
                        "pattern": text("A regular expression that is found in every value."),
                        "default": text("Fills its places where it is left out."),
                        "enum": [
                            "type": "array", "minItems": 1, "maxItems": 100, "items": ["$ref": "#/$defs/text"],
                            "description": "The values there are.",
                        ],
                    ],
                ],
                "What the text depends on."
            ),
            "body": text("Markdown with {{argument}} places; without it the plugin's code answers."),
            "body_file": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+\\.md$",
                "description": "A file with the body, beside the manifest: a name without folders.",
            ],
        ],
    ]

    private static func objectSchema(_ description: String) -> JSONValue {
        [
            "type": "object", "required": ["type"], "description": .string(description),
            "properties": ["type": ["const": "object", "description": "Arguments and results are objects."]],
        ]
    }

    private static func list(of items: JSONValue, _ description: String) -> JSONValue {
        ["type": "array", "items": items, "description": .string(description)]
    }

    private static func name(_ description: String) -> JSONValue {
        ["$ref": "#/$defs/name", "description": .string(description)]
    }

    private static func text(_ description: String) -> JSONValue {
        ["$ref": "#/$defs/text", "description": .string(description)]
    }

    private static func flag(_ description: String, _ standard: Bool) -> JSONValue {
        ["type": "boolean", "default": .bool(standard), "description": .string(description)]
    }

    private static func addressed(by key: String, _ address: String) -> JSONValue {
        let properties: JSONObject = [
            key: text(address), "name": text("For programs."), "title": text("For people."),
            "description": text("What it holds."), "mime_type": text("The kind of its content."),
        ]
        return [
            "type": "object", "additionalProperties": false, "required": [.string(key), "name", "description"],
            "properties": .object(properties),
        ]
    }
}
