// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Refusing schemas that cannot be used")
struct SchemaRefusalTests {
    private static let faults: [(String, String)] = [
        ("7", "a schema must be an object, true or false, not an integer"),
        (
            #"{"type":"int"}"#,
            #"/type: "type" must be one or more of null, boolean, integer, number, string, array or object, not "int""#
        ),
        (#"{"type":["string","string"]}"#, #"/type: "type" must be a list of different strings"#),
        (#"{"minLength":"1"}"#, #"/minLength: "minLength" must be an integer of at least 0, not a string"#),
        (#"{"minLength":-1}"#, #"/minLength: "minLength" must be an integer of at least 0, not an integer"#),
        (#"{"maxItems":1.5}"#, #"/maxItems: "maxItems" must be an integer of at least 0, not a number"#),
        (#"{"maximum":"9"}"#, #"/maximum: "maximum" must be a number, not a string"#),
        (#"{"multipleOf":0}"#, #"/multipleOf: "multipleOf" must be more than 0"#),
        (#"{"multipleOf":1234567890123456789}"#, #"/multipleOf: "multipleOf" must not have more than 18 digits"#),
        (#"{"required":"a"}"#, #"/required: "required" must be a list of different strings"#),
        (#"{"required":["a",1]}"#, #"/required: "required" must be a list of different strings"#),
        (#"{"enum":[]}"#, #"/enum: "enum" must not be empty"#),
        (#"{"enum":"a"}"#, #"/enum: "enum" must be a list, not a string"#),
        (#"{"allOf":[]}"#, #"/allOf: "allOf" must not be empty"#),
        (#"{"uniqueItems":"yes"}"#, #"/uniqueItems: "uniqueItems" must be true or false, not a string"#),
        (#"{"properties":[]}"#, #"/properties: "properties" must be an object of schemas, not an array"#),
        (
            #"{"properties":{"a/b":{"items":[{}]}}}"#,
            "/properties/a~1b/items: a schema must be an object, true or false, not an array"
        ),
        (
            #"{"pattern":"(?=a)"}"#,
            #"/pattern: "(?=a)" is not a supported regular expression: look-around is not supported at character 3"#
        ),
        (
            #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#,
            #"/$schema: the dialect "http://json-schema.org/draft-07/schema#" is not supported; use "https://json-schema.org/draft/2020-12/schema""#
        ),
        (
            #"{"$ref":"other.json#/a"}"#,
            ##"/$ref: "other.json#/a" lies outside this schema; only references with "#" are supported"##
        ),
        (##"{"$ref":"#/$defs/none"}"##, ##"/$ref: "#/$defs/none" leads nowhere"##),
        (##"{"$ref":"#none"}"##, ##"/$ref: "#none" leads nowhere"##),
        (##"{"$ref":"#"}"##, "the schema refers to itself without looking at a part of the value"),
        (
            ##"{"$defs":{"a":{"anyOf":[{},{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}"##,
            "/$defs/a: the schema refers to itself without looking at a part of the value"
        ),
        (
            #"{"unevaluatedProperties":false}"#,
            #"/unevaluatedProperties: the keyword "unevaluatedProperties" is not supported"#
        ),
        (#"{"items":{"$id":"x"}}"#, #"/items/$id: "$id" is supported only at the top of a schema"#),
    ]

    @Test("A fault is told with its place", arguments: faults)
    func tellsFault(schema: String, description: String) throws {
        let value = try JSONValue(json: schema)
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(value) }
        #expect(error?.description == description)
    }

    @Test("Annotations and unknown names are skipped")
    func annotations() throws {
        let text = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:x","$comment":"c","title":"t","description":"d",
             "examples":[1],"readOnly":true,"deprecated":false,"x-own":{"type":"nonsense"},"default":1,"type":"integer"}
            """
        #expect(try findings(text, "1").isEmpty)
    }
}
