// SPDX-License-Identifier: Apache-2.0

public import JSONValue

// Tools without code, and who runs them.

extension PluginManifest {
    /// What stands in a tool's `run`: exactly one way to run it.
    static let run: JSONValue = [
        "type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
        "description": "Who runs a tool that has no code, and what: exactly one of these.",
        "properties": ["vql": vql, "native": native],
    ]

    private static let vql: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["query"],
        "description": "A query that the Velociraptor plugin runs on the server.",
        "properties": [
            "query": [
                "type": "string", "minLength": 1, "maxLength": 100_000,
                "description": """
                VQL that ends in one SELECT. Every property of input_schema is a variable of its name, with its JSON \
                type; one that is left out is its default or NULL.
                """,
            ],
            "permissions": [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "description": "Velociraptor permissions that the key needs, such as READ_RESULTS.",
            ],
            "columns": [
                "type": "array", "items": column, "minItems": 1, "maxItems": 200,
                "description": "The columns that are shown, in this order; left out, all as they come.",
            ],
        ],
    ]

    private static let column: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["name"],
        "properties": [
            "name": ["type": "string", "minLength": 1, "description": "Its name in the result."],
            "from": [
                "type": "string", "minLength": 1,
                "description": "The column of the query, where it has another name.",
            ],
            "description": ["type": "string", "minLength": 1, "description": "Told beside the rows."],
        ],
    ]

    /// An entry of `contributes.runners`.
    static let runner: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["name", "description"],
        "properties": [
            "name": ["type": "string", "pattern": "^[a-z][a-z0-9_]*$", "description": "The key in a tool's run."],
            "description": ["type": "string", "minLength": 1, "description": "What it runs."],
        ],
    ]
}

extension ToolContribution {
    /// Whose runner runs it; `nil` for a tool whose plugin has the code, or that the host calls by itself.
    public var runner: String? {
        run?.objectValue?.keys.first { $0 != "native" }
    }
}

extension PluginManifest {
    /// A tool's entry as it stands in the manifest.
    public func definition(ofTool name: String) -> JSONValue? {
        contributesJSON["tools"]?.arrayValue?.first { $0["name"]?.stringValue == name }
    }
}
