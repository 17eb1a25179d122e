// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import YAMLSource

@Suite("Writing YAML")
struct YAMLEmitterTests {
    @Test("Documents are written in block style")
    func blockStyle() {
        let value: JSONValue = [
            "version": ["name": "velociraptor", "built": true], "empty": [:], "none": [], "nothing": nil,
            "ports": [8000, 8001], "nested": [[1, [2]], ["a": 1, "b": [["c": "d"]]]],
            "key": "-----BEGIN-----\nabc\n-----END-----\n",
        ]
        let text = """
            version:
              name: velociraptor
              built: true
            empty: {}
            none: []
            nothing: null
            ports:
              - 8000
              - 8001
            nested:
              - - 1
                - - 2
              - a: 1
                b:
                  - c: d
            key: |
              -----BEGIN-----
              abc
              -----END-----

            """
        #expect(YAMLEmitter.text(for: value) == text)
    }

    private static let strings: [(String, String)] = [
        ("plain words", "plain words"), ("/var/log", "/var/log"), ("https://a.b:8000/", "https://a.b:8000/"),
        ("", "\"\""), ("true", "\"true\""), ("No", "\"No\""), ("null", "\"null\""), ("~", "\"~\""), ("1", "\"1\""),
        ("0x1F", "\"0x1F\""), ("1e5", "\"1e5\""), (".5", "\".5\""), ("-", "\"-\""), ("- a", "\"- a\""),
        ("a: b", "\"a: b\""), ("a:", "\"a:\""), ("a #b", "\"a #b\""), ("#a", "\"#a\""), (" a", "\" a\""),
        ("a ", "\"a \""),
        ("{a}", "\"{a}\""), ("*a", "\"*a\""), ("&a", "\"&a\""), ("!a", "\"!a\""), ("%a", "\"%a\""), ("@a", "\"@a\""),
        ("2026-11-23", "\"2026-11-23\""), ("12:30", "\"12:30\""), ("tab\t", "\"tab\\t\""), ("é", "\"é\""),
        ("\u{85}\u{2028}\u{feff}\0", "\"\\u0085\\u2028\\uFEFF\\u0000\""), ("\"\\", "\"\\\"\\\\\""),
        ("a\r\nb", "\"a\\r\\nb\""), ("a\nb", "|-\n  a\n  b"), ("a\n\n", "|+\n  a\n"), ("\n a\n", "|2\n\n   a"),
        ("\n", "\"\\n\""), (" \n ", "\" \\n \""),
    ]

    @Test("Strings are quoted where a reader could take them for something else", arguments: strings)
    func quoting(text: String, written: String) throws {
        #expect(YAMLEmitter.text(for: ["k": .string(text)]) == "k: \(written)\n")
        #expect(try YAMLDocument.parse("k: \(written)\n", file: "f").json == ["k": .string(text)])
    }

    @Test("Whatever is written is read back the same", arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        var maker = ValueMaker(seed: UInt64(seed))
        for _ in 0..<25 {
            let value = maker.value(depth: 5)
            let text = YAMLEmitter.text(for: value)
            #expect(text.hasSuffix("\n"))
            #expect(try YAMLDocument.parse(text, file: "f").json == value, "\(text)")
        }
    }

    @Test("A key longer than YAML allows beside its value is read back")
    func longKeys() throws {
        let value: JSONValue = .object([String(repeating: "long ", count: 400) + ".": ["a": [1]], "k": 1])
        #expect(try YAMLDocument.parse(YAMLEmitter.text(for: value), file: "f").json == value)
    }
}

/// Makes values that try every rule of the emitter, the same for the same seed.
struct ValueMaker {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    private mutating func number(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    private static let pieces = [
        "a", "B", "key", " ", "  ", "\n", "\n\n", "\t", ":", ": ", "#", " #", "-", "- ", "?", "\"", "'", "\\", "\r",
        "{", "]",
        "&", "*", "!", "|", ">", "%", "@", "`", "~", "null", "true", "yes", "0", "1.5", "0x1", "é", "😀", "\u{85}",
        "\u{a0}", "\u{2028}", "\u{feff}", "\u{7f}", "\u{1}", "\0", "\u{fffd}", "---", "...", ",", "=", "<<",
    ]

    private mutating func text() -> String {
        (0..<number(below: 7)).map { _ in Self.pieces[number(below: Self.pieces.count)] }.joined()
    }

    mutating func value(depth: Int) -> JSONValue {
        switch number(below: depth > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(number(below: 2) == 0)
        case 2: return .integer(Int64(number(below: 2_000_000)) - 1_000_000)
        case 3: return JSONValue(Double(number(below: 1000)) / 8)
        case 4, 5: return .string(text())
        case 6: return .array((0..<number(below: 4)).map { _ in value(depth: depth - 1) })
        default: return .object(JSONObject((0..<number(below: 4)).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }
}
