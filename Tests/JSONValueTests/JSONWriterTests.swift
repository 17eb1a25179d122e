// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    private static let values: [(JSONValue, String)] = [
        (.null, "null"), (true, "true"), (false, "false"), (-7, "-7"), ("a", #""a""#), ([], "[]"), ([:], "{}"),
        ([1, [2, nil]], "[1,[2,null]]"), (["b": 1, "a": ["c": "d"]], #"{"b":1,"a":{"c":"d"}}"#),
    ]

    @Test("Values are written on one line without spaces", arguments: values)
    func compact(value: JSONValue, text: String) {
        #expect(value.json() == text)
        #expect(value.jsonBytes() == Array(text.utf8))
    }

    @Test(
        "Strings are escaped where they must be and nowhere else",
        arguments: [
            ("a\"b\\c/d", #""a\"b\\c/d""#), ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#),
            ("\0\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
            ("é€😀", "\"é€😀\""), ("a\u{2028}b\u{2029}", #""a\u2028b\u2029""#),
            ("\u{2027}\u{202a}", "\"\u{2027}\u{202a}\""),
            ("plain text of more than eight bytes\nand more", #""plain text of more than eight bytes\nand more""#),
        ]
    )
    func strings(text: String, json: String) throws {
        #expect(JSONValue.string(text).json() == json)
        #expect(try JSONValue(json: json) == .string(text))
    }

    @Test("No string can bring a line break or a control character into a message")
    func noControlCharacters() throws {
        for code in UInt32(0)...0x3000 {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let value = JSONValue.object([String(scalar): .string("x\(scalar)")])
            let bytes = value.jsonBytes()
            #expect(bytes.allSatisfy { $0 >= 0x20 }, "U+\(String(code, radix: 16))")
            #expect(try JSONValue(json: bytes) == value)
        }
    }

    @Test("Pretty JSON indents by two spaces and reads back")
    func pretty() throws {
        let value: JSONValue = ["a": [1, ["b": [:]]], "c": []]
        let text = """
            {
              "a": [
                1,
                {
                  "b": {}
                }
              ],
              "c": []
            }
            """
        #expect(value.prettyJSON() == text)
        #expect(try JSONValue(json: text) == value)
    }

    @Test("A double that JSON cannot write becomes null")
    func nonFinite() {
        #expect(JSONValue(Double.nan) == .null)
        #expect(JSONValue(Double.infinity) == .null)
        #expect(JSONValue(1.5).json() == "1.5")
        #expect(JSONValue(UInt64.max).json() == "18446744073709551615")
    }
}
