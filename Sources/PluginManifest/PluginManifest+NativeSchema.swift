// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension PluginManifest {
    /// The shape of `run.native`: C functions that are called for a tool.
    static let native = object(
        requiring: "library",
        [
            "library": [
                "type": "string", "pattern": "^[A-Za-z0-9_+.-]+$",
                "description": "A file name without folders, which the system's loader finds.",
            ],
            "beside": ["type": "boolean", "description": "The library lies beside the manifest."],
            "calls": [
                "type": "array", "minItems": 1, "maxItems": 32,
                "items": object(requiring: "symbol", ["always": always]),
                "description": "Several functions in order, instead of one symbol.",
            ],
        ]
    )

    private static func object(requiring key: JSONValue, _ properties: JSONObject) -> JSONValue {
        let all = properties.map { ($0.key, $0.value) } + callProperties.map { ($0.key, $0.value) }
        return [
            "type": "object", "additionalProperties": false, "required": [key],
            "description": "Functions of a C library, called in the plugin's own process.",
            "properties": .object(JSONObject(all)),
        ]
    }

    private static let always: JSONValue = [
        "type": "boolean", "description": "Made even if a call before failed, where what it needs is there.",
    ]

    private static let callProperties: JSONObject = [
        "symbol": [
            "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,199}$", "description": "The function's name.",
        ],
        "arguments": [
            "type": "array", "maxItems": 32, "items": nativeArgument,
            "description": "What it is called with, in its order.",
        ],
        "result": [
            "type": "object", "additionalProperties": false, "required": ["type"],
            "description": "What it returns; left out for nothing.",
            "properties": [
                "type": types(without: "bytes"),
                "name": ["$ref": "#/$defs/name", "description": "Its name in the tool's result and for later calls."],
                "nullable": ["type": "boolean", "description": "NULL is no failure."],
            ],
        ],
        "success": [
            "type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
            "description": "What the result is where the call succeeded.",
            "properties": [
                "equals": ["description": "Exactly this."], "not": ["description": "Anything but this."],
                "minimum": ["type": "integer", "description": "At least this."],
            ],
        ],
    ]

    private static let nativeArgument: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "required": ["type"],
        "properties": [
            "type": types(without: nil),
            "from": ["$ref": "#/$defs/text", "description": "A property of input_schema, or an earlier result."],
            "value": ["description": "A constant; beside from, what is passed where the property is left out."],
            "length_of": [
                "$ref": "#/$defs/text", "description": "How many bytes the argument from that property has.",
            ],
            "size_of": ["$ref": "#/$defs/name", "description": "How many bytes the output of that name can take."],
            "output": [
                "$ref": "#/$defs/name",
                "description": "The function gets a pointer, and what it writes there goes by this name.",
            ],
            "size": [
                "description": "How many bytes an output can take, or an input must have: a number, or a name.",
                "oneOf": [
                    ["type": "integer", "minimum": 1, "maximum": .integer(Int64(NativeTool.sizeLimit))],
                    ["$ref": "#/$defs/name"],
                ],
            ],
            "length": ["$ref": "#/$defs/name", "description": "The result or output that counts what was written."],
            "encoding": ["enum": ["base64", "text"], "description": "How bytes stand in JSON; base64 by default."],
        ],
    ]

    private static func types(without left: String?) -> JSONValue {
        [
            "enum": .array(NativeType.allCases.map(\.rawValue).filter { $0 != left }.map(JSONValue.string)),
            "description": "Its C type.",
        ]
    }
}
