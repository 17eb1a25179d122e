// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords that combine schemas")
struct SchemaCombinationTests {
    private static let combinations: [SchemaCase] = [
        SchemaCase(#"{"allOf":[{"minimum":2},{"maximum":5}]}"#, valid: ["2", "5", #""x""#], invalid: ["1", "6"]),
        SchemaCase(#"{"allOf":[true,false]}"#, invalid: ["1"]),
        SchemaCase(#"{"anyOf":[{"type":"integer"},{"minimum":2}]}"#, valid: ["1", "2.5", "3"], invalid: ["1.5"]),
        SchemaCase(
            #"{"type":"string","anyOf":[{"maxLength":2},{"minLength":4}]}"#,
            valid: [#""ab""#, #""abcd""#],
            invalid: ["3", #""abc""#]
        ),
        SchemaCase(#"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, valid: ["1", "2.5"], invalid: ["3", "1.5"]),
        SchemaCase(
            #"{"oneOf":[{"required":["a","b"]},{"required":["a","c"]}]}"#,
            valid: [#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#],
            invalid: [#"{"a":1}"#, #"{"a":1,"b":2,"c":3}"#]
        ),
        SchemaCase(#"{"not":{"type":["integer","boolean"]}}"#, valid: [#""x""#], invalid: ["1", "true"]),
        SchemaCase(#"{"not":{"not":{"type":"string"}}}"#, valid: [#""x""#], invalid: ["1"]),
        SchemaCase(#"{"properties":{"secret":{"not":{}}}}"#, valid: ["{}"], invalid: [#"{"secret":1}"#]),
        SchemaCase(
            #"{"if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}"#,
            valid: ["-1", "4"],
            invalid: ["-100", "3"]
        ),
        SchemaCase(#"{"if":{"const":1},"then":false}"#, valid: ["2"], invalid: ["1"]),
        SchemaCase(#"{"if":false,"else":{"const":"x"}}"#, valid: [#""x""#], invalid: ["1"]),
        SchemaCase(#"{"then":false,"else":false}"#, valid: ["1"]),
    ]

    private static let references: [SchemaCase] = [
        SchemaCase(
            ##"{"properties":{"foo":{"$ref":"#"}},"additionalProperties":false}"##,
            valid: [##"{"foo":{"foo":{}}}"##, ##"{"foo":1}"##],
            invalid: [##"{"foo":{"bar":1}}"##]
        ),
        SchemaCase(
            ##"{"$defs":{"a b%/~":{"type":"integer"}},"$ref":"#/$defs/a%20b%25~1~0"}"##,
            valid: ["1"],
            invalid: [##""x""##]
        ),
        SchemaCase(
            ##"{"definitions":{"n":{"type":"integer"}},"items":{"$ref":"#/definitions/n"}}"##,
            valid: ["[1]"],
            invalid: [##"["x"]"##]
        ),
        SchemaCase(
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"type":"integer"}}}"##,
            valid: ["5"],
            invalid: [##""a""##]
        ),
        SchemaCase(
            ##"{"properties":{"l":{"type":"array"},"x":{"$ref":"#/properties/l","maxItems":1}}}"##,
            valid: [##"{"x":[1]}"##],
            invalid: [##"{"x":[1,2]}"##, ##"{"x":1}"##]
        ),
        SchemaCase(
            ##"{"$ref":"#node","$defs":{"A":{"$anchor":"node","type":"integer"}}}"##,
            valid: ["1"],
            invalid: [##""x""##]
        ),
        SchemaCase(
            ##"{"prefixItems":[{"type":"integer"},{"$ref":"#/prefixItems/0"}]}"##,
            valid: ["[1,2]"],
            invalid: [##"[1,"x"]"##]
        ),
        SchemaCase(
            ##"{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","required":["v"],"properties":{"v":{"type":"number"},"c":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}"##,
            valid: [##"{"v":1,"c":[{"v":2,"c":[]},{"v":3}]}"##],
            invalid: [##"{"v":1,"c":[{"v":2,"c":[{}]}]}"##]
        ),
        SchemaCase(
            ##"{"properties":{"$ref":{"type":"string"}}}"##,
            valid: [##"{"$ref":"a"}"##],
            invalid: [##"{"$ref":2}"##]
        ),
        SchemaCase(##"{"enum":[{"$ref":"#/nowhere"}]}"##, valid: [##"{"$ref":"#/nowhere"}"##], invalid: ["{}"]),
    ]

    @Test("allOf, anyOf, oneOf, not, if, then and else", arguments: combinations)
    func checkCombinations(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("$ref, $defs and $anchor inside the document", arguments: references)
    func checkReferences(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("A failed choice tells of the branch that was meant")
    func choiceMessages() throws {
        let schema = #"{"anyOf":[{"type":"string"},{"type":"object","required":["id"]}]}"#
        #expect(try findings(schema, "{}") == [#"the property "id" is required"#])
        #expect(
            try findings(schema, "5") == [
                "expected a string, got the number 5; or expected an object, got the number 5"
            ]
        )
        let nested = #"{"oneOf":[{"properties":{"a":{"type":"null"}}},{"properties":{"a":{"const":1}}}]}"#
        #expect(
            try findings(nested, #"{"a":2}"#) == [
                "at /a: expected null, got the number 2; or at /a: expected 1, got the number 2"
            ]
        )
        #expect(
            try findings(#"{"oneOf":[{},{"type":"integer"},{}]}"#, "5") == [
                "exactly one of the alternatives must hold, but 1 and 2 and 3 do"
            ]
        )
    }

    @Test("Choices in choices end in a finding, not in an hour")
    func explosion() throws {
        var definitions: JSONObject = ["d0": ["const": 0]]
        for level in 1...40 {
            let below: JSONValue = ["$ref": .string("#/$defs/d\(level - 1)")]
            definitions["d\(level)"] = ["oneOf": [below, below]]
        }
        let schema = try JSONSchema(["$ref": "#/$defs/d40", "$defs": .object(definitions)])
        #expect(schema.validate(1).last?.message == "the value takes too many steps to check against its schema")
    }
}
