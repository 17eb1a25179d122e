// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import PluginManifest
import YAMLSource

extension Decision {
    /// What the tool does to the world, in a word or two.
    var effect: String {
        if tool.annotations.readOnly { return "reads" }
        return tool.annotations.destructive ? "may destroy" : "changes"
    }

    /// The deciding rule in words, with its place.
    var reason: String { "\(rule) (\(origin))" }

    /// The tool, the rule that has decided, and those that were looked at before.
    var text: String {
        let kind = "\(effect), toolset \(tool.toolset) of \(plugin)"
        var lines = ["\(tool.name) is \(isOn ? "on" : "off"): \(reason)", "  \(kind)"]
        if !tool.aliases.isEmpty { lines.append("  formerly \(tool.aliases.joined(separator: ", "))") }
        for (index, step) in steps.enumerated() {
            let place = step.origin == .shipped ? "" : " (\(step.origin))"
            let mark = index == steps.count - 1 ? "  <- decides" : ""
            lines.append("  \(index + 1). \(step.rule.rawValue): \(text(of: step))\(place)\(mark)")
        }
        return lines.map(\.printable).joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        let steps = steps.map { step -> JSONValue in
            [
                "rule": .string(step.rule.rawValue), "outcome": .string(step.outcome.rawValue),
                "text": .string(text(of: step)), "where": .string("\(step.origin)"),
            ]
        }
        var object: JSONObject = [
            "name": .string(tool.name), "plugin": .string(plugin), "toolset": .string(tool.toolset),
            "effect": .string(effect), "aliases": .array(tool.aliases.map(JSONValue.string)), "on": .bool(isOn),
            "rule": .string(rule), "where": .string("\(origin)"),
        ]
        if let place {
            object["place"] = [
                "file": .string(place.file), "line": JSONValue(place.line), "column": JSONValue(place.column),
            ]
        }
        object["steps"] = .array(steps)
        return .object(object)
    }
}
