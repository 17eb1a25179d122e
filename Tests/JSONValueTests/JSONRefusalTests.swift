// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

/// Texts and bytes that are not JSON, with the reason and the place that must be named.
enum JSONRefusals {
    static let texts: [(String, JSONError.Reason, Int)] = [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2),
        ("[1,", .unexpectedEnd, 3), (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5),
        (#"{"a":1"#, .unexpectedEnd, 6), (#""abc"#, .unexpectedEnd, 4), ("\"a long enough text", .unexpectedEnd, 19),
        ("tru", .unexpectedEnd, 3), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2),
        ("1e+", .unexpectedEnd, 3), (#""\"#, .unexpectedEnd, 2),
        ("[1,]", .unexpectedCharacter(0x5D), 3), ("{,}", .unexpectedCharacter(0x2C), 1),
        (#"{"a":1,}"#, .unexpectedCharacter(0x7D), 7), (#"{"a" 1}"#, .unexpectedCharacter(0x31), 5),
        ("{'a':1}", .unexpectedCharacter(0x27), 1), ("{a:1}", .unexpectedCharacter(0x61), 1),
        ("NaN", .unexpectedCharacter(0x4E), 0), ("Infinity", .unexpectedCharacter(0x49), 0),
        ("nul!", .unexpectedCharacter(0x21), 3), ("+1", .unexpectedCharacter(0x2B), 0),
        (".5", .unexpectedCharacter(0x2E), 0), ("-x", .unexpectedCharacter(0x78), 1),
        ("1.e5", .unexpectedCharacter(0x65), 2), ("[1 2]", .unexpectedCharacter(0x32), 3),
        ("// c\n1", .unexpectedCharacter(0x2F), 0), ("[1] // c", .trailingText, 4),
        ("\u{a0}1", .unexpectedCharacter(0xC2), 0), ("\u{b}1", .unexpectedCharacter(0x0B), 0),
        ("1 2", .trailingText, 2), ("{}}", .trailingText, 2), ("0x10", .trailingText, 1),
        ("01", .leadingZero, 0), ("-012", .leadingZero, 1), ("[00]", .leadingZero, 1),
        ("\"a\nb\"", .controlCharacter(0x0A), 2), ("\"twelve bytes\tb\"", .controlCharacter(0x09), 13),
        ("\"\0\"", .controlCharacter(0), 1), (#""\x""#, .invalidEscape, 1), (#""\u12g4""#, .invalidEscape, 1),
        (#""\u12"#, .invalidEscape, 1), (#""\ud800""#, .loneSurrogate, 1), (#""a\udc00""#, .loneSurrogate, 2),
        (#""\ud800\n""#, .loneSurrogate, 1), (#""\ud800\ud800""#, .loneSurrogate, 1),
        (#""\ud800\u0041""#, .loneSurrogate, 1), ("\u{feff}1", .byteOrderMark, 0),
    ]

    static let bytes: [([UInt8], Int)] = [
        ([0x80], 0), ([0xBF], 0), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0x80], 0),
        ([0xE0, 0x9F, 0xBF], 0), ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0), ([0xF0, 0x80, 0x80, 0x80], 0),
        ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xFF], 0),
        ([0xC3], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0), ([0x61, 0xC3, 0x28], 1),
        ([0xE2, 0x28, 0xA1], 0), ([0xE2, 0x82, 0x28], 0), ([0xF0, 0x9F, 0x98, 0x28], 0),
    ]
}

@Suite("Refusing what is not JSON")
struct JSONRefusalTests {
    @Test("The parser names the fault and its place", arguments: JSONRefusals.texts)
    func refused(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue(json: text) }
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: JSONRefusals.bytes)
    func invalidUTF8(bytes: [UInt8], offset: Int) {
        let quoted = [0x22] + bytes + [0x22]
        #expect(throws: JSONError(.invalidUTF8, at: offset + 1)) { try JSONValue(json: quoted) }
        #expect(throws: JSONError.self) { try JSONValue(json: quoted.dropLast()) }
    }

    @Test("The ends of every UTF-8 range are accepted")
    func rangeEnds() throws {
        let text = "\u{80}\u{7ff}\u{800}\u{fff}\u{1000}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{3ffff}\u{40000}\u{10ffff}"
        #expect(try JSONValue(json: "\"\(text)\"") == .string(text))
    }

    @Test("Deep nesting is an error, closed or not", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func deep(opening: String) {
        let open = String(repeating: opening, count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue(json: open) }
        let closing = String(repeating: "]", count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue(json: open + "1" + closing) }
        #expect(throws: JSONError.self) { try JSONValue(json: open, depthLimit: .max) }
    }

    @Test("The depth limit is exact")
    func depthLimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(json: nested(512)) }
        #expect(throws: JSONError(.tooDeep(limit: 512), at: 512)) { try JSONValue(json: nested(513)) }
        #expect(throws: Never.self) { try JSONValue(json: nested(3), depthLimit: 3) }
        #expect(throws: JSONError(.tooDeep(limit: 2), at: 2)) { try JSONValue(json: nested(3), depthLimit: 2) }
    }

    @Test("An error reads as a sentence")
    func descriptions() {
        #expect(JSONError(.unexpectedCharacter(0x7D), at: 17).description == "unexpected character '}' at byte 17")
        #expect(
            JSONError(.controlCharacter(0x0A), at: 2).description == "control character 0x0A inside a string at byte 2"
        )
        #expect(JSONError(.tooDeep(limit: 512), at: 9).description == "more than 512 levels of nesting at byte 9")
    }
}
