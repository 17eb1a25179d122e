// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import MegaraptorPluginKit

@Suite("Schemas are written beside their types")
struct SchemaTests {
    @Test("An object says what it takes, what it needs, and that it takes nothing else")
    func object() {
        let schema = Schema.object(
            .required("id", .string(pattern: "^C\\.").described("A client id.")),
            .optional("limit", .integer(1...10).defaulting(to: 5))
        )
        let expected: JSONObject = [
            "type": "object",
            "properties": [
                "id": ["type": "string", "pattern": "^C\\.", "description": "A client id."],
                "limit": ["type": "integer", "minimum": 1, "maximum": 10, "default": 5],
            ],
            "required": ["id"],
            "additionalProperties": false,
        ]
        #expect(schema.json == expected)
    }

    @Test("Every schema that the kit makes is a schema")
    func valid() throws {
        let schemas = [
            Schema.any, .boolean, .nullable(.string), .array(of: .number), .oneOf("a", "b"), .object(),
            .object(open: true, .optional("x", .any.examples(1, "two"))),
        ]
        for schema in schemas { _ = try JSONSchema(.object(schema.json)) }
        #expect(try JSONSchema(.object(Schema.nullable(.string).json)).validate(.null).isEmpty)
        #expect(try !JSONSchema(.object(Schema.oneOf("a").json)).validate("b").isEmpty)
    }
}
