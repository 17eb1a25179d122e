// SPDX-License-Identifier: Apache-2.0

/// The members of one schema object, read with errors that name their place.
struct SchemaSource {
    let object: JSONObject
    let pointer: JSONPointer

    func failure(_ keyword: String, _ message: String) -> JSONSchemaError {
        JSONSchemaError(pointer: pointer.appending(keyword), message: message)
    }

    func value<Value>(
        _ keyword: String,
        _ expected: String,
        _ read: (JSONValue) -> Value?
    ) throws(JSONSchemaError) -> Value? {
        guard let value = object[keyword] else { return nil }
        guard let answer = read(value) else {
            throw failure(keyword, "\"\(keyword)\" must be \(expected), not \(value.typeNameWithArticle)")
        }
        return answer
    }

    func string(_ keyword: String) throws(JSONSchemaError) -> String? {
        try value(keyword, "a string", \.stringValue)
    }

    func bool(_ keyword: String) throws(JSONSchemaError) -> Bool? {
        try value(keyword, "true or false", \.boolValue)
    }

    func decimal(_ keyword: String) throws(JSONSchemaError) -> ExactDecimal? {
        try value(keyword, "a number", \.decimal)
    }

    /// A number of things: an integer that is not negative. One beyond all counting is as good as the greatest.
    func count(_ keyword: String) throws(JSONSchemaError) -> Int? {
        try value(keyword, "an integer of at least 0") { value in
            guard let decimal = value.decimal, decimal.isInteger, !decimal.isNegative else { return nil }
            return decimal.exactly(Int.self) ?? .max
        }
    }

    /// A list of names without repetition.
    func names(_ keyword: String) throws(JSONSchemaError) -> [String]? {
        guard let value = object[keyword] else { return nil }
        return try Self.names(value, keyword: keyword, pointer: pointer.appending(keyword))
    }

    static func names(
        _ value: JSONValue,
        keyword: String,
        pointer: JSONPointer
    ) throws(JSONSchemaError) -> [String] {
        let names = value.arrayValue?.compactMap(\.stringValue)
        guard let names, names.count == value.arrayValue?.count, Set(names.map(ExactText.init)).count == names.count
        else {
            throw JSONSchemaError(pointer: pointer, message: "\"\(keyword)\" must be a list of different strings")
        }
        return names
    }
}

extension JSONValue {
    var typeNameWithArticle: String {
        switch self {
        case .null: "null"
        case .integer, .array, .object: "an \(typeName)"
        default: "a \(typeName)"
        }
    }
}
