// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

/// One schema with values that it must accept and refuse.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: [String]

    init(_ schema: String, valid: [String] = [], invalid: [String] = []) {
        self.schema = schema
        self.valid = valid
        self.invalid = invalid
    }

    var testDescription: String { schema }

    func verify() throws {
        let compiled = try JSONSchema(try JSONValue(json: schema))
        for text in valid {
            let violations = compiled.validate(try JSONValue(json: text))
            #expect(violations.isEmpty, "\(text) is valid under \(schema)")
        }
        for text in invalid {
            #expect(!compiled.validate(try JSONValue(json: text)).isEmpty, "\(text) is invalid under \(schema)")
        }
    }
}

/// The findings for one value, as they are shown.
func findings(_ schema: String, _ value: String) throws -> [String] {
    try JSONSchema(try JSONValue(json: schema)).validate(try JSONValue(json: value)).map(\.description)
}
