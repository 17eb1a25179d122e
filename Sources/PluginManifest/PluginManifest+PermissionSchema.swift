// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension PluginManifest {
    static let permissions: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "description": "What the plugin needs.",
        "properties": [
            "environment": [
                "type": "array", "items": ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*\\*?$"],
                "description":
                    "Environment variables that it sees in the process lane; a * at the end matches any rest.",
            ],
            "secrets": [
                "type": "array", "items": ["type": "string", "pattern": "^[A-Za-z0-9_.*-]{1,100}$"],
                "description": "Secrets that it may use by name; * matches any text.",
            ],
            "keeps_secrets": [
                "type": "array", "items": ["type": "string", "pattern": "^[A-Za-z0-9_.*-]{1,100}$"],
                "description": "Secrets that it may keep, list and remove by name; * matches any text.",
            ],
            "providers": [
                "type": "array", "items": ["type": "string", "pattern": "^[a-z0-9.-]+/[0-9]+$"],
                "description": "Interfaces whose providers, in other plugins, it may ask.",
            ],
            "network": ["type": "boolean", "description": "It talks to other machines."],
            "exec": ["type": "boolean", "description": "It starts programs."],
            "filesystem": ["type": "boolean", "description": "It uses files beyond its own folders."],
        ],
    ]
}

extension Permissions {
    init(checked json: JSONValue) {
        func list(_ key: String) -> [String] { json[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        self.init(
            environment: list("environment"),
            secrets: list("secrets"),
            keepsSecrets: list("keeps_secrets"),
            providers: list("providers"),
            network: json["network"]?.boolValue ?? false,
            exec: json["exec"]?.boolValue ?? false,
            filesystem: json["filesystem"]?.boolValue ?? false
        )
    }
}
