// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Scanning JSON without reading it")
struct JSONScannerTests {
    @Test("The scanner refuses what the parser refuses, with the same fault", arguments: JSONRefusals.texts)
    func refused(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONScanner(text.utf8) }
        #expect(throws: JSONError.self) { try JSONScanner.compact(text.utf8) }
        #expect(throws: JSONError.self) { try JSONScanner.members(of: text.utf8) }
        #expect(throws: JSONError.self) { try JSONScanner.elements(of: text.utf8) }
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: JSONRefusals.bytes)
    func invalidUTF8(bytes: [UInt8], offset: Int) {
        #expect(throws: JSONError(.invalidUTF8, at: offset + 1)) { try JSONScanner([0x22] + bytes + [0x22]) }
    }

    @Test("Deep nesting is an error, closed or not", arguments: ["[", "{\"a\":"])
    func deep(opening: String) {
        let open = String(repeating: opening, count: 100_000)
        #expect(throws: JSONError.self) { try JSONScanner(open.utf8, depthLimit: .max) }
        #expect(throws: JSONError(.tooDeep(limit: 3), at: 3)) { try JSONScanner("[[[[]]]]".utf8, depthLimit: 3) }
    }

    @Test("A document tells where its value lies and whether lines break in it")
    func summary() throws {
        let spaced = try JSONScanner(" {\"a\": \"\\n\"}\t".utf8)
        #expect(spaced.range == 1..<12)
        #expect(!spaced.hasLineBreak)
        #expect(spaced.isObject)
        for text in ["[1,\n2]", "\n1", "1\r", "{\"a\"\n:1}"] {
            #expect(try JSONScanner(text.utf8).hasLineBreak, "\(text)")
        }
        #expect(try !JSONScanner("[]".utf8).isObject)
    }

    @Test(
        "Compacting removes white space between tokens only",
        arguments: [
            (" { \"a b\" : [ 1 , 2.0 ,\r\n \"c \\\" d\" ] }\n", #"{"a b":[1,2.0,"c \" d"]}"#), ("[]", "[]"),
            ("\t-1e5 ", "-1e5"), ("[\n]", "[]"), (#"["\\" , "é\u2028"]"#, #"["\\","é\u2028"]"#),
        ]
    )
    func compact(text: String, expected: String) throws {
        let compacted = try JSONScanner.compact(text.utf8)
        #expect(String(decoding: compacted, as: UTF8.self) == expected)
        #expect(try JSONScanner(compacted).hasLineBreak == false)
        #expect(try JSONValue(json: compacted) == JSONValue(json: text))
    }

    @Test("Members are given with the bytes of their values")
    func members() throws {
        let text = Array(#" { "id" : 7, "p\u0061rams": { "a":[1] } ,"x":null, "id": "last" } "#.utf8)
        let members = try JSONScanner.members(of: text)
        #expect(members.map(\.key) == ["id", "params", "x"])
        let values = members.map { String(decoding: text[$0.range], as: UTF8.self) }
        #expect(values == [#""last""#, #"{ "a":[1] }"#, "null"])
        #expect(try JSONScanner.members(of: "{}".utf8).isEmpty)
    }

    @Test("Elements are given with their bytes")
    func elements() throws {
        let text = Array(#"[ 1 ,{"a":2}, "x" ]"#.utf8)
        let values = try JSONScanner.elements(of: text).map { String(decoding: text[$0], as: UTF8.self) }
        #expect(values == ["1", #"{"a":2}"#, #""x""#])
        #expect(try JSONScanner.elements(of: " [ ] ".utf8).isEmpty)
    }

    @Test("A document of another kind is refused as such")
    func wrongKind() {
        #expect(throws: JSONError(.wrongType(expected: "an object"), at: 1)) { try JSONScanner.members(of: " []".utf8) }
        #expect(throws: JSONError(.wrongType(expected: "an array"), at: 0)) { try JSONScanner.elements(of: "7".utf8) }
        #expect(throws: JSONError(.leadingZero, at: 0)) { try JSONScanner.elements(of: "07".utf8) }
    }
}
