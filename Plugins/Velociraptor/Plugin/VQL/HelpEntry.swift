// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import VQL

/// A plugin or function, as a server or the recorded table describes it.
struct HelpEntry: Sendable, Hashable {
    struct Argument: Sendable, Hashable {
        var name: String
        var type: String
        var description = ""
        var isRequired: Bool
        var isRepeated: Bool
    }

    var name: String
    /// `plugin` or `function`; what else a server may list keeps its own word.
    var kind: String
    var description: String
    var arguments: [Argument]
    var permissions: [String]

    /// - Parameter row: of `help()`.
    init(row: JSONValue) {
        name = row["name"]?.stringValue ?? ""
        kind = row["type"]?.stringValue?.lowercased() ?? ""
        description = row["description"]?.stringValue ?? ""
        arguments = (row["args"]?.arrayValue ?? []).map { argument in
            Argument(
                name: argument["name"]?.stringValue ?? "",
                type: argument["type"]?.stringValue ?? "",
                description: argument["description"]?.stringValue ?? "",
                isRequired: argument["required"] == true,
                isRepeated: argument["repeated"] == true
            )
        }
        permissions = Permissions.named(in: row["metadata"]?["permissions"]?.stringValue ?? "")
    }

    init(_ entry: SymbolTable.Entry) {
        name = entry.name
        kind = entry.kind.rawValue
        description = ""
        arguments = entry.arguments.map { argument in
            Argument(
                name: argument.name,
                type: "\(argument.kind)",
                isRequired: argument.isRequired,
                isRepeated: argument.isRepeated
            )
        }
        permissions = entry.permissions.map(\.rawValue)
    }

    /// All that is known of it.
    var json: JSONObject {
        [
            "name": .string(name), "kind": .string(kind), "description": .string(description.trimmed),
            "arguments": .array(
                arguments.map { argument in
                    var object: JSONObject = [
                        "name": .string(argument.name), "type": .string(argument.type),
                        "required": .bool(argument.isRequired), "repeated": .bool(argument.isRepeated),
                    ]
                    if !argument.description.isEmpty { object["description"] = .string(argument.description.trimmed) }
                    return .object(object)
                }
            ),
            "permissions": .array(
                permissions.map {
                    ["permission": .string($0), "role": .string(Permissions.role(bringing: [$0]))]
                }
            ),
        ]
    }

    /// For a list.
    var row: JSONValue {
        let line = description.split(separator: "\n").first.map { $0.trimmed } ?? ""
        return [
            "name": .string(name), "kind": .string(kind),
            "description": line.isEmpty ? .null : .string(line.count > 120 ? line.prefix(119) + "…" : line),
            "arguments": .string(arguments.map { $0.name + ($0.isRequired ? "!" : "") }.joined(separator: " ")),
            "permissions": .string(permissions.joined(separator: " ")),
        ]
    }
}
