// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords for objects")
struct SchemaObjectTests {
    private static let cases: [SchemaCase] = [
        SchemaCase(
            #"{"properties":{"a":{"type":"integer"},"b":{"type":"string"}}}"#,
            valid: [#"{"a":1,"b":"x"}"#, "{}", #"{"c":[]}"#, "[]", "12"],
            invalid: [#"{"a":1,"b":{}}"#, #"{"a":[],"b":{}}"#]
        ),
        SchemaCase(
            #"{"properties":{"a":true,"b":false}}"#,
            valid: [#"{"a":1}"#],
            invalid: [#"{"b":2}"#, #"{"a":1,"b":2}"#]
        ),
        SchemaCase(
            #"{"properties":{"é\"/~":{"type":"null"}}}"#,
            valid: [#"{"é\"/~":null}"#],
            invalid: [#"{"é\"/~":1}"#]
        ),
        SchemaCase(#"{"required":["a"]}"#, valid: [#"{"a":null}"#, "[]", #""""#], invalid: ["{}", #"{"b":1}"#]),
        SchemaCase(#"{"required":[]}"#, valid: ["{}"]),
        SchemaCase(
            #"{"properties":{"a":{}},"additionalProperties":false}"#,
            valid: [#"{"a":1}"#, "{}", "[]"],
            invalid: [#"{"a":1,"b":2}"#]
        ),
        SchemaCase(#"{"additionalProperties":{"type":"boolean"}}"#, valid: [#"{"x":true}"#], invalid: [#"{"x":1}"#]),
        SchemaCase(
            #"{"properties":{"a":{}},"additionalProperties":{"type":"boolean"}}"#,
            valid: [#"{"a":1,"x":true}"#],
            invalid: [#"{"a":1,"x":1}"#]
        ),
        SchemaCase(
            #"{"patternProperties":{"^f.o$":{"type":"integer"}},"additionalProperties":false}"#,
            valid: [#"{"foo":1,"fxo":2}"#, "{}"],
            invalid: [#"{"foo":"x"}"#, #"{"bar":1}"#]
        ),
        SchemaCase(
            #"{"properties":{"foo":{"maximum":3}},"patternProperties":{"f":{"minimum":2}}}"#,
            valid: [#"{"foo":2}"#],
            invalid: [#"{"foo":1}"#, #"{"foo":4}"#, #"{"fx":1}"#]
        ),
        SchemaCase(
            #"{"minProperties":1,"maxProperties":2}"#,
            valid: [#"{"a":1}"#, "[]"],
            invalid: ["{}", #"{"a":1,"b":2,"c":3}"#]
        ),
        SchemaCase(
            #"{"propertyNames":{"maxLength":3}}"#,
            valid: [#"{"f":{},"foo":{}}"#, "[1]"],
            invalid: [#"{"foobar":{}}"#]
        ),
        SchemaCase(
            #"{"dependentRequired":{"a":["b","c"]}}"#,
            valid: ["{}", #"{"b":1}"#, #"{"a":1,"b":2,"c":3}"#, "[]"],
            invalid: [#"{"a":1,"b":2}"#]
        ),
        SchemaCase(
            #"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
            valid: [#"{"c":1}"#, #"{"a":1,"b":2}"#],
            invalid: [#"{"a":1}"#]
        ),
    ]

    @Test("properties, required, additionalProperties and their kin", arguments: cases)
    func checkObjects(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("An unknown property is told with the one that was meant")
    func unknownProperty() throws {
        let schema = #"{"properties":{"client_id":{},"limit":{}},"additionalProperties":false}"#
        #expect(
            try findings(schema, #"{"clientid":"C.1"}"#) == [
                #"unknown property "clientid"; did you mean "client_id"? Allowed: client_id, limit"#
            ]
        )
        #expect(
            try findings(schema, #"{"zebra":1,"limit":2}"#) == [#"unknown property "zebra". Allowed: client_id, limit"#]
        )
        #expect(
            try findings(#"{"additionalProperties":false}"#, #"{"a":1}"#) == [
                #"unknown property "a". No properties are allowed here"#
            ]
        )
        // "limits" cannot have been meant to be "limit", which is there.
        #expect(
            try findings(schema, #"{"limits":1,"limit":2}"#) == [
                #"unknown property "limits". Allowed: client_id, limit"#
            ]
        )
    }

    @Test("Findings carry the place and the keyword")
    func places() throws {
        let schema = try JSONSchema(["properties": ["a/b": ["items": ["required": ["x"]]]]])
        let found = schema.validate(["a/b": [["x": 1], [:]]])
        #expect(found.map(\.pointer.description) == ["/a~1b/1"])
        #expect(found.map(\.keyword) == ["required"])
        #expect(found.map(\.message) == [#"the property "x" is required"#])
    }
}
