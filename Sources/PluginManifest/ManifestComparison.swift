// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Compares what a manifest lists with what the code describes.
public enum ManifestComparison {
    /// The first difference in words, or `nil`. What needs no code is left out.
    public static func difference(_ manifest: JSONValue, _ code: JSONValue) -> String? {
        for (list, keys) in lists {
            let listed = index(manifest[list], by: keys).filter { !isWithoutCode($0.value) }
            let offered = index(code[list], by: keys)
            if let name = listed.keys.sorted().first(where: { offered[$0] == nil }) {
                return "\(list) \"\(name)\" is in the manifest only"
            }
            if let name = offered.keys.sorted().first(where: { listed[$0] == nil }) {
                return "\(list) \"\(name)\" is in the code only"
            }
            for (name, entry) in listed.sorted(by: { $0.key < $1.key }) {
                if let path = firstDifference(entry, offered[name] ?? .null, "") {
                    return "\(list) \"\(name)\" differs at \(path)"
                }
            }
        }
        return nil
    }

    /// Whether an entry is a prompt that is only text, or a tool that a runner runs: code does not know of it.
    public static func isWithoutCode(_ entry: JSONValue) -> Bool {
        entry["body"] != nil || entry["body_file"] != nil || entry["run"] != nil
    }

    private static let lists = [
        ("tools", ["name"]), ("resources", ["uri"]), ("resource_templates", ["uri_template"]), ("prompts", ["name"]),
        ("runners", ["name"]), ("providers", ["interface", "name"]),
    ]

    private static func index(_ list: JSONValue?, by keys: [String]) -> [String: JSONValue] {
        let entries = (list?.arrayValue ?? []).map { entry in
            (keys.map { entry[$0]?.stringValue ?? "" }.joined(separator: " "), entry)
        }
        return Dictionary(entries) { first, _ in first }
    }

    private static func firstDifference(_ left: JSONValue, _ right: JSONValue, _ path: String) -> String? {
        guard left != right else { return nil }
        guard let left = left.objectValue, let right = right.objectValue else { return path.isEmpty ? "/" : path }
        for key in Set(left.keys).union(right.keys).sorted() {
            guard let one = left[key], let other = right[key] else { return "\(path)/\(key)" }
            if let deeper = firstDifference(one, other, "\(path)/\(key)") { return deeper }
        }
        return nil
    }
}
