// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// Makes the plainest value that a JSON Schema takes, as far as that can be told without solving it.
enum ArgumentMaker {
    static func fitting(_ schema: JSONValue, depth: Int = 0) -> JSONValue {
        if let value = schema["default"] ?? schema["const"] { return value }
        if let value = schema["examples"]?.arrayValue?.first ?? schema["enum"]?.arrayValue?.first { return value }
        guard depth < 8 else { return .null }
        switch kind(of: schema) {
        case "string": return .string(String(repeating: "a", count: length(schema["minLength"])))
        case "integer", "number": return number(schema)
        case "boolean": return true
        case "array":
            let items = schema["items"] ?? [:]
            let count = Int(schema["minItems"]?.integerValue ?? 0)
            return .array((0..<min(count, 100)).map { _ in fitting(items, depth: depth + 1) })
        case "object": return object(schema, depth)
        default: return .null
        }
    }

    private static func kind(of schema: JSONValue) -> String? {
        let kinds = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let kind = schema["type"]?.stringValue ?? kinds.first { $0 != "null" }
        return kind ?? (schema["properties"] == nil ? nil : "object")
    }

    private static func length(_ least: JSONValue?) -> Int {
        min(Int(least?.integerValue ?? 1), 10_000)
    }

    private static func number(_ schema: JSONValue) -> JSONValue {
        if let least = schema["minimum"] { return least }
        if let below = schema["exclusiveMinimum"]?.integerValue { return .integer(below + 1) }
        return schema["maximum"] ?? 1
    }

    private static func object(_ schema: JSONValue, _ depth: Int) -> JSONValue {
        var object = JSONObject()
        for key in (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue) {
            object[key] = fitting(schema["properties"]?[key] ?? [:], depth: depth + 1)
        }
        return .object(object)
    }
}
