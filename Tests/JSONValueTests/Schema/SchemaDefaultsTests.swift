// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Filling in defaults")
struct SchemaDefaultsTests {
    private static let cases: [(String, String, String)] = [
        (
            #"{"properties":{"limit":{"default":50},"all":{"default":false},"x":{}}}"#, "{}",
            #"{"limit":50,"all":false}"#
        ),
        (#"{"properties":{"limit":{"default":50}}}"#, #"{"limit":null,"y":1}"#, #"{"limit":null,"y":1}"#),
        (#"{"properties":{"o":{"properties":{"a":{"default":1}}}}}"#, #"{"o":{}}"#, #"{"o":{"a":1}}"#),
        (#"{"properties":{"o":{"properties":{"a":{"default":1}}}}}"#, "{}", "{}"),
        (#"{"items":{"properties":{"a":{"default":1}}}}"#, #"[{},{"a":2},3]"#, #"[{"a":1},{"a":2},3]"#),
        (#"{"prefixItems":[{"properties":{"a":{"default":1}}}]}"#, "[{},{}]", #"[{"a":1},{}]"#),
        (##"{"properties":{"a":{"$ref":"#/$defs/d"}},"$defs":{"d":{"default":"x"}}}"##, "{}", #"{"a":"x"}"#),
        (#"{"properties":{"a":{"allOf":[{"default":1},{"default":2}]}}}"#, "{}", #"{"a":1}"#),
        (
            #"{"allOf":[{"properties":{"a":{"default":1}}},{"properties":{"a":{"default":2},"b":{"default":3}}}]}"#,
            "{}", #"{"a":1,"b":3}"#
        ),
        (#"{"anyOf":[{"properties":{"a":{"default":1}}}]}"#, "{}", "{}"),
        (##"{"properties":{"next":{"$ref":"#","default":{}}}}"##, "{}", #"{"next":{}}"#),
        (#"{"default":5}"#, "null", "null"),
    ]

    @Test("Missing properties get their default, present ones stay", arguments: cases)
    func fillsIn(schema: String, value: String, expected: String) throws {
        let compiled = try JSONSchema(try JSONValue(json: schema))
        #expect(compiled.applyingDefaults(to: try JSONValue(json: value)) == (try JSONValue(json: expected)))
    }
}
