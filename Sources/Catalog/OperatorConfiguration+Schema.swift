// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension OperatorConfiguration {
    /// The shape of `megaraptor.yaml`. Unknown keys are errors: a misspelt switch must not count as off.
    static let schema: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "megaraptor operator's configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "plugin_dirs": [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "description": "Folders with plugins, searched before the usual ones.",
            ],
            "toolsets": [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "description": "The toolsets that are on: names, patterns with *, default (as shipped), all.",
            ],
            "tools": tools,
            "disabled_plugins": [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "description": "Plugins of which nothing is offered: ids or patterns with *.",
            ],
            "read_only": ["type": "boolean", "description": "Offer nothing that changes something."],
            "confirm": [
                "enum": ["never", "destructive", "every-change"],
                "description": "Before what a person is asked.",
            ],
            "confirm_by_token": [
                "type": "boolean",
                "description":
                    "Whether a client that cannot ask a person may confirm with the token that it was shown.",
            ],
            "limits": limits,
            "trust": trust,
            "audit": audit,
            "plugins": [
                "type": "object", "additionalProperties": ["type": "object"],
                "description": "Settings by plugin id, each after the plugin's config_schema.",
            ],
        ],
    ]

    private static let tools: JSONValue = [
        "type": "object", "additionalProperties": false,
        "description": "Single tools: names or patterns with *. deny beats allow, allow beats the toolset.",
        "properties": [
            "allow": ["type": "array", "items": ["type": "string", "minLength": 1]],
            "deny": ["type": "array", "items": ["type": "string", "minLength": 1]],
        ],
    ]

    private static let limits: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "deadline_seconds": [
                "type": "integer", "minimum": 1, "maximum": 86400, "description": "How long a call may take.",
            ],
            "result_bytes": [
                "type": "integer", "minimum": 4096, "maximum": 67_108_864,
                "description": "How much text one result may have.",
            ],
            "concurrent_calls": [
                "type": "integer", "minimum": 1, "maximum": 1024,
                "description": "How many calls of one plugin run at once.",
            ],
            "worker_memory_mb": [
                "type": "integer", "minimum": 64, "maximum": 1_048_576,
                "description": "How many MiB of memory a plugin's process may use.",
            ],
            "worker_cpu_seconds": [
                "type": "integer", "minimum": 1, "maximum": 31_536_000,
                "description": "How much processor time a plugin's process may use before it is started anew.",
            ],
        ],
    ]

    private static let trust: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "policy": [
                "enum": ["any", "pinned", "signed"],
                "description": "Which plugins may be opened; those bundled with the host need no pin.",
            ],
            "lock": ["type": "string", "minLength": 1, "description": "The file that `plugins trust` writes."],
            "signers": [
                "type": "object", "additionalProperties": ["type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$"],
                "description": "Names of signers, each with an Ed25519 public key in base64.",
            ],
            "in_process": [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "description":
                    "Plugins that may run inside the host if their manifest asks for it: ids, or beginnings with a *.",
            ],
        ],
    ]

    private static let audit: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "enabled": ["type": "boolean"],
            "file": ["type": "string", "minLength": 1, "description": "An absolute path."],
            "rotate_bytes": [
                "type": "integer", "minimum": 65536, "maximum": 1_073_741_824,
                "description": "A file that has grown beyond this is closed and a new one begun.",
            ],
            "keep": [
                "type": "integer", "minimum": 1, "maximum": 10000, "description": "How many closed files are kept.",
            ],
        ],
    ]
}
