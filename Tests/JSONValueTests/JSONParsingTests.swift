// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Reading JSON")
struct JSONParsingTests {
    @Test("Every kind of value is read")
    func kinds() throws {
        let text = #" {"a": [1, -2.5, "x", true, false, null, {}, []], "b": {"c": ""}} "#
        let expected: JSONValue = [
            "a": [1, .number(JSONNumber(-2.5)), "x", true, false, nil, [:], []], "b": ["c": ""],
        ]
        #expect(try JSONValue(json: text) == expected)
    }

    @Test(
        "A scalar alone is a document",
        arguments: [("null", JSONValue.null), ("\t7\r\n", 7), ("\"\"", ""), ("true", true), ("false", false)]
    )
    func scalars(text: String, value: JSONValue) throws {
        #expect(try JSONValue(json: text) == value)
    }

    @Test(
        "Numbers keep their digits",
        arguments: [
            "-0", "1.0", "1e400", "100000000000000000000000000000", "9223372036854775808", "-9223372036854775809",
            "0.1E+05", "-0.0", "1E2", "3.14159265358979323846264338327950288",
        ]
    )
    func exactNumbers(digits: String) throws {
        guard case .number(let number) = try JSONValue(json: digits) else {
            Issue.record("\(digits) did not stay a number")
            return
        }
        #expect(number.literal == digits)
        #expect(try JSONValue(json: digits).json() == digits)
    }

    @Test(
        "Integers of 64 bits are integers",
        arguments: [
            ("0", 0), ("-1", -1), ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min),
        ]
    )
    func integers(digits: String, value: Int64) throws {
        #expect(try JSONValue(json: digits) == .integer(value))
    }

    @Test(
        "Escapes are resolved",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00!""#, "😀!"), (#""a\u0000b""#, "a\0b"), (#""\\u0041""#, "\\u0041"),
            (#""long enough to fill words \n and more""#, "long enough to fill words \n and more"),
        ]
    )
    func escapes(text: String, value: String) throws {
        #expect(try JSONValue(json: text) == .string(value))
    }

    @Test("Of members with one name the last counts, at the first one's place")
    func duplicates() throws {
        let object = try JSONValue(json: #"{"a":1,"b":2,"a":3}"#).objectValue
        #expect(object?.keys == ["a", "b"])
        #expect(object?["a"] == 3)
        let many = (0..<100).map { #""k\#($0 % 50)":\#($0)"# }.joined(separator: ",")
        let large = try JSONValue(json: "{\(many)}").objectValue
        #expect(large?.count == 50)
        #expect(large?["k49"] == 99)
    }

    @Test("Names that only look alike are different members")
    func canonicallyEquivalentNames() throws {
        let object = try JSONValue(json: #"{"\u00e9":1,"e\u0301":2}"#).objectValue
        #expect(object?.count == 2)
        #expect(object?["\u{e9}"] == 1)
        #expect(object?["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{e9}") != JSONValue.string("e\u{301}"))
    }

    @Test("Text without a contiguous buffer is read as well")
    func lazySequences() throws {
        #expect(try JSONValue(json: [0x5B, 0x31, 0x5D].lazy.map { UInt8($0) }) == [1])
        #expect(try JSONValue(json: Array("xx[1]".utf8)[2...]) == [1])
    }
}
