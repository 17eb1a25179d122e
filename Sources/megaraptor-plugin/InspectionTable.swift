// SPDX-License-Identifier: Apache-2.0

import JSONValue
import PluginHost

/// What a plugin offers, for a terminal.
struct InspectionTable {
    private let described: PluginInspection

    init(_ described: PluginInspection) {
        self.described = described
    }

    var text: String {
        let head = "\(described.id) \(described.version)\nlibrary  \(described.library)\nruntime  \(described.runtime)"
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                + "  " + row[3]
        }
        return lines.isEmpty ? head + "\n\nIt offers nothing." : ([head, ""] + lines).joined(separator: "\n")
    }

    /// Kind, name, effect and the first sentence of the description.
    private var rows: [[String]] {
        let lists = [
            ("tools", "tool", "name"), ("resources", "resource", "uri"),
            ("resource_templates", "template", "uri_template"), ("prompts", "prompt", "name"),
        ]
        return lists.flatMap { list, kind, key in
            (described.contributes[list]?.arrayValue ?? []).map { entry in
                [kind, entry[key]?.stringValue ?? "", Self.effect(of: entry, kind), Self.sentence(entry)]
            }
        }
    }

    private static func effect(of entry: JSONValue, _ kind: String) -> String {
        guard kind == "tool" else { return "" }
        if entry["annotations"]?["read_only"] == true { return "reads" }
        return entry["annotations"]?["destructive"] == false ? "changes" : "may destroy"
    }

    private static func sentence(_ entry: JSONValue) -> String {
        let text = entry["description"]?.stringValue ?? ""
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        return line.firstRange(of: ". ").map { String(line[..<$0.lowerBound]) + "." } ?? line
    }
}
