// SPDX-License-Identifier: Apache-2.0

import JSONValue
import PluginHost
import PluginManifest

/// The manifest for a library: what the code says, completed by what an earlier manifest says.
struct ManifestDraft {
    let json: JSONValue

    init(_ described: PluginInspection, keeping known: JSONValue) {
        let file = described.library.split(separator: "/").last.map(String.init) ?? described.library
        var draft: JSONObject = [
            "schema": 1,
            "id": .string(described.id),
            "name": known["name"] ?? .string(described.id),
            "version": .string(described.version),
            "abi": 1,
            "library": .string(file),
            "license": known["license"] ?? "NOASSERTION",
            "description": known["description"] ?? "Describe the plugin in a sentence or two.",
        ]
        for key in ["min_host", "activation", "isolation", "sha256", "permissions"] { draft[key] = known[key] }
        draft["contributes"] = Self.contributes(described.contributes, known)
        draft["config_schema"] = known["config_schema"]
        json = .object(draft)
    }

    /// Toolsets, and the prompts and tools that need no code, stand in none and are kept.
    private static func contributes(_ described: JSONValue, _ known: JSONValue) -> JSONValue {
        let used = (described["tools"]?.arrayValue ?? []).compactMap { $0["toolset"]?.stringValue }
        let kept = known["contributes"]?["toolsets"]?.arrayValue ?? []
        let fresh = Set(used).subtracting(kept.compactMap { $0["name"]?.stringValue }).sorted().map { name in
            JSONValue.object(["name": .string(name), "description": "Describe what this toolset is for."])
        }
        var contributes: JSONObject = ["toolsets": .array(kept + fresh)]
        for (key, value) in described.objectValue ?? [:] where value.arrayValue?.isEmpty == false {
            contributes[key] = value
        }
        for key in ["tools", "prompts"] {
            let written = (known["contributes"]?[key]?.arrayValue ?? []).filter(ManifestComparison.needsNoCode)
            if !written.isEmpty { contributes[key] = .array((contributes[key]?.arrayValue ?? []) + written) }
        }
        return .object(contributes)
    }
}
