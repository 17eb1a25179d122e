// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords for arrays")
struct SchemaArrayTests {
    private static let cases: [SchemaCase] = [
        SchemaCase(#"{"minItems":1}"#, valid: ["[1]", "[1,2]", #""""#], invalid: ["[]"]),
        SchemaCase(#"{"maxItems":2}"#, valid: ["[]", "[1,2]", #""abc""#], invalid: ["[1,2,3]"]),
        SchemaCase(#"{"items":{"type":"integer"}}"#, valid: ["[]", "[1,2]", #"{"0":"x"}"#], invalid: [#"[1,"x"]"#]),
        SchemaCase(#"{"items":false}"#, valid: ["[]"], invalid: ["[1]"]),
        SchemaCase(#"{"items":{"items":{"type":"number"}}}"#, valid: ["[[1],[]]"], invalid: [#"[[1],["x"]]"#]),
        SchemaCase(
            #"{"prefixItems":[{"type":"integer"},{"type":"string"}]}"#,
            valid: [#"[1,"a"]"#, "[1]", "[]", #"[1,"a",true]"#],
            invalid: [#"["a",1]"#]
        ),
        SchemaCase(
            #"{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}"#,
            valid: [#"[1,"a","b"]"#, "[]"],
            invalid: ["[1,2]", #"["a"]"#]
        ),
        SchemaCase(#"{"prefixItems":[{},{}],"items":false}"#, valid: ["[1,2]"], invalid: ["[1,2,3]"]),
        SchemaCase(
            #"{"uniqueItems":true}"#,
            valid: [
                "[1,2]", "[1,true]", "[0,false]", #"[{"a":1},{"a":2}]"#, #"[[1],[true]]"#, #"["a","A"]"#, "[]",
                #"[1,"1"]"#,
            ],
            invalid: [
                "[1,1]", "[1.0,1.00,1]", #"[{"a":1,"b":2},{"b":2,"a":1.0}]"#, "[[1],[1]]", "[0,-0]", "[1e2,100]",
                "[null,null]",
            ]
        ),
        SchemaCase(#"{"uniqueItems":false}"#, valid: ["[1,1]"]),
        SchemaCase(#"{"contains":{"minimum":5}}"#, valid: ["[3,4,5]", "{}"], invalid: ["[2,3,4]", "[]"]),
        SchemaCase(
            #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#,
            valid: ["[1,2,1]", "[1,1,1]"],
            invalid: ["[1]", "[1,1,1,1]"]
        ),
        SchemaCase(#"{"contains":{"const":1},"minContains":0}"#, valid: ["[]", "[2]"]),
        SchemaCase(#"{"minContains":3}"#, valid: ["[]"]),
    ]

    @Test("minItems, maxItems, items, prefixItems, uniqueItems and contains", arguments: cases)
    func checkArrays(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("Messages name the element")
    func messages() throws {
        #expect(
            try findings(#"{"items":{"type":"string"}}"#, #"["a",2]"#) == ["/1: expected a string, got the number 2"]
        )
        #expect(
            try findings(#"{"uniqueItems":true}"#, #"["a","b","a"]"#) == [
                "elements must differ, but those at 0 and 2 are equal"
            ]
        )
    }

    @Test("A flood of faults ends after fifty findings, also for a hundred thousand elements")
    func flood() throws {
        let schema = try JSONSchema(["items": ["type": "string"], "uniqueItems": true])
        let value = JSONValue.array((0..<100_000).map { .integer(Int64($0)) })
        #expect(schema.validate(value).count == 50)
    }
}
