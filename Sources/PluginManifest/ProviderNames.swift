// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Fills in which providers there are, where a tool's schema asks for it.
///
/// A property with `"x-providers": "deploy.provider/1"` gets an `enum` of the names that provide the interface now, so
/// that a plugin that is dropped in shows in the tools of another.
public enum ProviderNames {
    public static let keyword = "x-providers"

    /// The tools of plugins as they are offered.
    public static func filled(in manifests: [PluginManifest], enabled: (String) -> Bool) -> [PluginManifest] {
        var names: [String: [String]] = [:]
        for manifest in manifests where enabled(manifest.id) {
            for provider in manifest.providers { names[provider.interface, default: []].append(provider.name) }
        }
        return manifests.map { manifest in
            var manifest = manifest
            manifest.tools = manifest.tools.map { tool in
                var tool = tool
                tool.inputSchema = filled(tool.inputSchema, names)
                return tool
            }
            return manifest
        }
    }

    private static func filled(_ schema: JSONValue, _ names: [String: [String]]) -> JSONValue {
        guard var properties = schema["properties"]?.objectValue, var object = schema.objectValue else { return schema }
        var isChanged = false
        for (key, property) in properties {
            guard let interface = property[keyword]?.stringValue, var filled = property.objectValue else { continue }
            filled[keyword] = nil
            // An empty enum would allow nothing and be no schema; the tool itself says that there is none.
            if let known = names[interface] { filled["enum"] = .array(known.sorted().map(JSONValue.string)) }
            properties[key] = .object(filled)
            isChanged = true
        }
        guard isChanged else { return schema }
        object["properties"] = .object(properties)
        return .object(object)
    }
}
