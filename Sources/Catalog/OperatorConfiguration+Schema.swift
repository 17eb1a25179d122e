// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension OperatorConfiguration {
    /// The shape of `megaraptor.yaml`. Unknown keys are errors: a misspelt switch must not count as off.
    public static let schema: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "megaraptor operator's configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "plugin_dirs": list("Folders with plugins, searched before the usual ones."),
            "toolsets": list("The toolsets that are on: names, patterns with *, default (as shipped), all."),
            "tools": section(
                "Single tools. read_only beats deny, deny beats allow, allow beats toolsets.",
                [
                    "allow": list("Tools that are on whatever their toolset: names, patterns with *."),
                    "deny": list("Tools that are off whatever else is said: names, patterns with *."),
                ]
            ),
            "disabled_plugins": list("Plugins of which nothing is offered or opened: ids, patterns with *."),
            "read_only": ["type": "boolean", "default": false, "description": "Offer nothing that changes something."],
            "confirm": [
                "enum": ["never", "destructive", "every-change"], "default": "destructive",
                "description": "Before what a person is asked.",
            ],
            "confirm_by_token": [
                "type": "boolean", "default": true,
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

    private static let limits = section(
        "How far a call may go.",
        [
            "deadline_seconds": number(1...86400, 120, "How long a call may take."),
            "result_bytes": number(4096...67_108_864, 1_048_576, "How many bytes of text one result may have."),
            "concurrent_calls": number(1...1024, 64, "How many calls of one plugin run at once; others wait."),
            "worker_memory_mb": number(64...1_048_576, 2048, "How many MiB of memory a plugin's process may use."),
            "worker_cpu_seconds": number(
                1...31_536_000,
                3600,
                "How much processor time a plugin's process may use before it is started anew."
            ),
        ]
    )

    private static let trust = section(
        "Which plugins may be opened.",
        [
            "policy": [
                "enum": ["any", "pinned", "signed"], "default": "pinned",
                "description": "What a plugin must be; those bundled with the host need no pin.",
            ],
            "lock": path(
                "The file that `plugins trust` writes; without it plugins.lock beside the user's configuration."
            ),
            "signers": [
                "type": "object", "additionalProperties": ["type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$"],
                "description": "Names of signers, each with an Ed25519 public key in base64.",
            ],
            "in_process": list(
                "Plugins that may run inside the host if their manifest asks for it: ids or patterns with *."
            ),
        ]
    )

    private static let audit = section(
        "The record of calls.",
        [
            "enabled": ["type": "boolean", "default": true, "description": "Whether calls are recorded."],
            "file": path("An absolute path; without it audit/audit.jsonl in the state folder."),
            "rotate_bytes": number(
                65536...1_073_741_824,
                67_108_864,
                "A file that has grown beyond this is closed and a new one begun."
            ),
            "keep": number(1...10000, 10, "How many closed files are kept."),
        ]
    )

    private static func list(_ description: String) -> JSONValue {
        ["type": "array", "items": ["type": "string", "minLength": 1], "description": .string(description)]
    }

    private static func path(_ description: String) -> JSONValue {
        ["type": "string", "minLength": 1, "description": .string(description)]
    }

    private static func number(_ range: ClosedRange<Int64>, _ standard: Int64, _ description: String) -> JSONValue {
        [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            "default": .integer(standard), "description": .string(description),
        ]
    }

    private static func section(_ description: String, _ properties: JSONObject) -> JSONValue {
        [
            "type": "object", "additionalProperties": false, "description": .string(description),
            "properties": .object(properties),
        ]
    }
}
