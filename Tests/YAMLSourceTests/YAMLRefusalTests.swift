// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

@Suite("Refusing YAML that is broken or means different things to different readers")
struct YAMLRefusalTests {
    private static let faults: [(String, String)] = [
        ("a: 1\nb: 2\na: 3", "p.yaml:3:1: the key \"a\" stands twice, first in line 1"),
        ("a: {b: 1, b: 2}", "p.yaml:1:11: the key \"b\" stands twice, first in line 1"),
        ("a: &x 1\nb: *x", "p.yaml:1:4: the anchor \"&x\" is not supported"),
        ("a: *x", "p.yaml:1:4: aliases are not supported"),
        ("&x a: 1", "p.yaml:1:1: anchors are not supported"),
        ("a: !!binary aGk=", "p.yaml:1:4: the tag \"tag:yaml.org,2002:binary\" is not supported"),
        ("a: !custom {b: 1}", "p.yaml:1:4: the tag \"!custom\" is not supported here"),
        ("!!set {a}", "p.yaml:1:1: the tag \"tag:yaml.org,2002:set\" is not supported here"),
        ("a: !!int x", "p.yaml:1:4: \"x\" is not what its tag \"tag:yaml.org,2002:int\" says"),
        ("a: 1\n---\nb: 2", "p.yaml:2:1: a second document begins; only one is allowed in a file"),
        ("a: .inf", "p.yaml:1:4: \".inf\" is no number that can be used here"),
        ("a: -.INF", "p.yaml:1:4: \"-.INF\" is no number that can be used here"),
        ("a: .NaN", "p.yaml:1:4: \".NaN\" is no number that can be used here"),
        ("? [a]\n: 1", "p.yaml:1:3: a key must be a single word or a string, not an alias, a list or a mapping"),
        ("a: [1, 2", "p.yaml:1:9: did not find expected ',' or ']' while parsing a flow sequence"),
        ("a: b: c", "p.yaml:1:5: mapping values are not allowed in this context"),
        ("a:\n\t- b", "p.yaml:2:1: found character that cannot start any token while scanning for the next token"),
        ("a: \"x", "p.yaml:1:6: found unexpected end of stream while scanning a quoted scalar"),
        ("a: 1\n b: 2", "p.yaml:2:3: mapping values are not allowed in this context"),
        ("ok: 1\nké: \u{1}", "p.yaml:2:5: control characters are not allowed"),
    ]

    @Test("The fault is told with file, line and column", arguments: faults)
    func tellsFault(text: String, message: String) {
        let error = #expect(throws: MegaraptorError.self) { try YAMLDocument.parse(text, file: "p.yaml") }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == message)
        #expect(error?.details["file"] == "p.yaml")
    }

    @Test("Bytes that are not UTF-8 are refused at their place")
    func invalidUTF8() {
        let bytes = Array("a: 1\nb: é".utf8) + [0xC3, 0x28]
        let error = #expect(throws: MegaraptorError.self) { try YAMLDocument.parse(bytes, file: "p.yaml") }
        #expect(error?.message == "p.yaml:2:6: invalid trailing UTF-8 octet")
        #expect(throws: MegaraptorError.self) { try YAMLDocument.parse([0xFF, 0xFE, 0x61, 0x00], file: "p.yaml") }
    }

    @Test("Depth and size are limited", arguments: ["[", "{a: ", "- "])
    func limits(opening: String) {
        let deep = String(repeating: opening, count: 50_000)
        let error = #expect(throws: MegaraptorError.self) { try YAMLDocument.parse(deep, file: "f") }
        #expect(error?.message.contains("more than 100 levels of nesting") == true)
        let limits = YAMLDocument.Limits(bytes: 3, depth: 1)
        let tooLarge = #expect(throws: MegaraptorError.self) {
            try YAMLDocument.parse("a: 1", file: "f", limits: limits)
        }
        #expect(tooLarge?.code == .resourceExhausted)
        #expect(throws: Never.self) { try YAMLDocument.parse("[1]", file: "f", limits: limits) }
    }
}
