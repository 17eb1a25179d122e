// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

@Suite("Reading YAML")
struct YAMLParsingTests {
    private static let scalars: [(String, String)] = [
        ("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("nULL", #""nULL""#),
        ("true", "true"), ("True", "true"), ("FALSE", "false"), ("tRUE", #""tRUE""#), ("yes", #""yes""#),
        ("no", #""no""#),
        ("on", #""on""#), ("y", #""y""#), ("0", "0"), ("-0", "-0"), ("+12", "12"), ("007", "7"), ("-019", "-19"),
        ("0o17", "15"), ("0xFf", "255"), ("0o8", #""0o8""#), ("0x", #""0x""#), ("-0x1", #""-0x1""#),
        ("0x+1", #""0x+1""#),
        ("0xFFFFFFFFFFFFFFFF", "18446744073709551615"),
        ("100000000000000000000000000000", "100000000000000000000000000000"),
        ("1.0", "1.0"), (".5", "0.5"), ("5.", "5.0"), ("-.5e3", "-0.5e3"), ("1e400", "1e400"), ("+1.50E-2", "1.50E-2"),
        (".", #"".""#), ("1e", #""1e""#), ("1.2.3", #""1.2.3""#), ("1_000", #""1_000""#), ("12:30", #""12:30""#),
        ("2026-11-23", #""2026-11-23""#), ("10.0.0.1", #""10.0.0.1""#), ("'true'", #""true""#), ("\"1\"", #""1""#),
        ("|\n  1\n", #""1\n""#), (">-\n  a\n  b\n", #""a b""#), ("!!str 1", #""1""#), ("! 1", #""1""#),
        ("!!int '5'", "5"),
        ("!!float 1", "1"), ("!!float 1.5", "1.5"), ("!!bool true", "true"), ("!!null ''", "null"), ("0b1", #""0b1""#),
    ]

    @Test("Scalars are typed by the core schema", arguments: scalars)
    func typesScalar(text: String, json: String) throws {
        #expect(try YAMLDocument.parse("k: " + text, file: "f").json.json() == "{\"k\":\(json)}")
    }

    @Test("Every node knows its place")
    func positions() throws {
        let text = """
            # a manifest
            id: org.example
            contributes:
              tools:
                - name: é
                  limit: 5
                - {name: "b", limit: [1, 2]}
            """
        let node = try YAMLDocument.parse(text, file: "plugin.yaml")
        let tools = try #require(node["contributes"]?["tools"]?.elements)
        #expect(tools[0]["limit"]?.position.description == "plugin.yaml:6:14")
        #expect(tools[1].position.description == "plugin.yaml:7:7")
        #expect(tools[1]["limit"]?.elements?[1].position.description == "plugin.yaml:7:30")
        #expect(node.entry("contributes")?.keyPosition.description == "plugin.yaml:3:1")
        #expect(node["absent"] == nil)
        #expect(node.entries?.map(\.key) == ["id", "contributes"])
        let found = node.nearest(to: JSONPointer(["contributes", "tools", "1", "limit", "7"]))
        #expect(found.position.description == "plugin.yaml:7:26")
        #expect(
            node.json == [
                "id": "org.example",
                "contributes": ["tools": [["name": "é", "limit": 5], ["name": "b", "limit": [1, 2]]]],
            ]
        )
    }

    @Test("An empty file is null", arguments: ["", "# nothing\n", "---\n", "\u{feff}", "--- ~\n...\n"])
    func empty(text: String) throws {
        #expect(try YAMLDocument.parse(text, file: "f").json == .null)
    }

    @Test(
        "A byte order mark, a document start and a directive are fine",
        arguments: ["\u{feff}a: 1", "%YAML 1.2\n---\na: 1\n...\n"]
    )
    func preambles(text: String) throws {
        #expect(try YAMLDocument.parse(text, file: "f").json == ["a": 1])
    }

    @Test("Keys are text as it is written")
    func keys() throws {
        let node = try YAMLDocument.parse("1: a\ntrue: b\n'null': c\n? long\n: d", file: "f")
        #expect(node.json == ["1": "a", "true": "b", "null": "c", "long": "d"])
    }
}
