// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords for any value")
struct SchemaValueTests {
    private static let types: [SchemaCase] = [
        SchemaCase(
            #"{"type":"integer"}"#,
            valid: ["1", "-0", "1.0", "1e3", "1.50e1", "1e400", "0.0"],
            invalid: ["1.1", "1e-1", #""1""#, "true", "null", "[]", "{}"]
        ),
        SchemaCase(#"{"type":"number"}"#, valid: ["1", "1.5", "1e-400"], invalid: [#""1""#, "null", "true"]),
        SchemaCase(#"{"type":"string"}"#, valid: [#""""#], invalid: ["1", "null", "[]"]),
        SchemaCase(#"{"type":"boolean"}"#, valid: ["true", "false"], invalid: ["0", #""true""#, "null"]),
        SchemaCase(#"{"type":"null"}"#, valid: ["null"], invalid: ["false", "0", #""""#]),
        SchemaCase(#"{"type":"array"}"#, valid: ["[]"], invalid: ["{}", "1"]),
        SchemaCase(#"{"type":"object"}"#, valid: ["{}"], invalid: ["[]", "1"]),
        SchemaCase(#"{"type":["string","null"]}"#, valid: [#""x""#, "null"], invalid: ["1", "{}"]),
        SchemaCase(#"{"type":["integer"]}"#, valid: ["2"], invalid: ["2.5"]),
    ]

    private static let fixedValues: [SchemaCase] = [
        SchemaCase(
            #"{"enum":[1,"a",null,[2],{"b":3}]}"#,
            valid: ["1", "1.0", "10e-1", #""a""#, "null", "[2.0]", #"{"b":3.00}"#],
            invalid: ["2", #""b""#, "false", "[]", "[2,2]", "{}", #"{"b":3,"c":4}"#, "true"]
        ),
        SchemaCase(#"{"enum":[0,false]}"#, valid: ["0", "-0", "0.0", "false"], invalid: [#""""#, "null", "[]"]),
        SchemaCase(
            #"{"const":{"a":[1,true]}}"#,
            valid: [#"{"a":[1.0,true]}"#],
            invalid: [#"{"a":[1,1]}"#, #"{"a":[true,1]}"#]
        ),
        SchemaCase(#"{"const":true}"#, valid: ["true"], invalid: ["1"]),
        SchemaCase(#"{"const":null}"#, valid: ["null"], invalid: ["0"]),
        SchemaCase(#"{"const":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740992"]),
        SchemaCase(#"{"const":"\u00e9"}"#, valid: [#""\u00e9""#], invalid: [#""e\u0301""#]),
        SchemaCase(#"{"const":1e999999999999999999999}"#, valid: ["10e999999999999999999999"], invalid: ["1e9"]),
        SchemaCase("true", valid: ["1", "null"]), SchemaCase("{}", valid: ["1", "null"]),
        SchemaCase("false", invalid: ["1", "null", "{}"]),
    ]

    @Test("type", arguments: types)
    func checkType(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("enum, const and the boolean schemas", arguments: fixedValues)
    func checkValues(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("A wrong type is told with what was given")
    func typeMessages() throws {
        let schema = #"{"properties":{"limit":{"type":"integer"},"tag":{"type":["string","null"]}}}"#
        #expect(try findings(schema, #"{"limit":"5"}"#) == [#"/limit: expected an integer, got the string "5""#])
        #expect(try findings(schema, #"{"limit":1.5}"#) == ["/limit: expected an integer, got the number 1.5"])
        #expect(try findings(schema, #"{"tag":[]}"#) == ["/tag: expected a string or null, got an empty array"])
        #expect(try findings(#"{"type":"object"}"#, "true") == ["expected an object, got true"])
    }

    @Test("A wrong choice is told with the choices and the nearest one")
    func enumMessages() throws {
        let schema = #"{"enum":["windows","linux","darwin"]}"#
        #expect(
            try findings(schema, #""Window""#) == [
                #"expected one of "windows", "linux", "darwin", got the string "Window"; did you mean "windows"?"#
            ]
        )
        #expect(try findings(#"{"const":"x"}"#, "1") == [#"expected "x", got the number 1"#])
    }

    @Test("A long value is cut in a message")
    func longValues() throws {
        let text = String(repeating: "a", count: 500)
        let message = try #require(try findings(#"{"type":"integer"}"#, "\"\(text)\"").first)
        #expect(message.utf8.count < 130)
        #expect(message.hasSuffix("a...\""))
    }

    @Test("A value that is written but never read back is not shown")
    func writeOnly() throws {
        let schema =
            #"{"properties":{"password":{"type":"string","writeOnly":true,"minLength":3},"n":{"type":"null"}}}"#
        let found = try findings(schema, #"{"password":12345,"n":6}"#)
        #expect(
            found == [
                "/password: expected a string, got a value that is not shown", "/n: expected null, got the number 6",
            ]
        )
    }
}
