// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// The schema of a form that a person is asked to fill in: an object of plain fields.
enum ElicitationForm {
    private static let fieldTypes: Set<String> = ["string", "number", "integer", "boolean"]

    /// - Returns: what is wrong with the schema; `nil` if clients can show it.
    static func fault(in schema: JSONValue) -> String? {
        guard schema["type"]?.stringValue == "object", let fields = schema["properties"]?.objectValue else {
            return "its form is no object schema with properties"
        }
        let nested = fields.first { !isPlain($0.value) }
        return nested.map { "the field \($0.key) of its form is no plain value" }
    }

    /// A primitive, or a choice of several out of an enumeration.
    private static func isPlain(_ field: JSONValue) -> Bool {
        let type = field["type"]?.stringValue ?? ""
        if fieldTypes.contains(type) { return field["properties"] == nil }
        guard type == "array", let items = field["items"] else { return false }
        return items["enum"]?.arrayValue != nil || items["anyOf"]?.arrayValue != nil
    }
}
