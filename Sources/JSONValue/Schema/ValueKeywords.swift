// SPDX-License-Identifier: Apache-2.0

/// The schema `false`.
struct NothingKeyword: SchemaKeyword {
    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        validation.report("false", "nothing is allowed here, got \(validation.describe(value))")
    }
}

/// `type`: one kind of value, or several.
struct TypeKeyword: SchemaKeyword {
    let types: [String]

    private static let names: [String: String] = [
        "null": "null", "boolean": "a boolean", "integer": "an integer", "number": "a number", "string": "a string",
        "array": "an array", "object": "an object",
    ]

    init?(_ types: [String]) {
        guard !types.isEmpty, types.allSatisfy({ Self.names[$0] != nil }) else { return nil }
        self.types = types
    }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard !types.contains(where: { Self.matches($0, value) }) else { return }
        let expected = types.compactMap { Self.names[$0] }.joined(separator: " or ")
        validation.report("type", "expected \(expected), got \(validation.describe(value))")
    }

    private static func matches(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("number", .integer), ("number", .number): true
        case ("integer", .number(let number)): ExactDecimal(number.literal).isInteger
        default: type == value.typeName && value.typeName != "number"
        }
    }
}

/// `enum` and `const`: the values themselves.
struct EnumKeyword: SchemaKeyword {
    let name: String
    let values: [JSONValue]

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard !values.contains(where: { $0.isSchemaEqual(to: value) }) else { return }
        let shown = values.prefix(40).map { $0.json() }.joined(separator: ", ")
        let allowed = values.count > 40 ? shown + " and \(values.count - 40) more" : shown
        var message = values.count == 1 ? "expected \(allowed)" : "expected one of \(allowed)"
        message += ", got \(validation.describe(value))"
        if let text = value.stringValue, values.count > 1,
            let near = Spelling.nearest(to: text, among: values.compactMap(\.stringValue))
        {
            message += "; did you mean \(SchemaValidation.quoted(near))?"
        }
        validation.report(name, message)
    }
}

extension SchemaCompiler {
    static func valueKeywords(_ source: SchemaSource) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        if let type = source.object["type"] {
            var names: [String] = []
            if let name = type.stringValue {
                names = [name]
            } else {
                names = try SchemaSource.names(type, keyword: "type", pointer: source.pointer.appending("type"))
            }
            guard let keyword = TypeKeyword(names) else {
                let known = "null, boolean, integer, number, string, array or object"
                throw source.failure("type", "\"type\" must be one or more of \(known), not \(type.json())")
            }
            keywords.append(keyword)
        }
        if let values = try source.value("enum", "a list", \.arrayValue) {
            guard !values.isEmpty else { throw source.failure("enum", "\"enum\" must not be empty") }
            keywords.append(EnumKeyword(name: "enum", values: values))
        }
        if let value = source.object["const"] { keywords.append(EnumKeyword(name: "const", values: [value])) }
        return keywords
    }
}
