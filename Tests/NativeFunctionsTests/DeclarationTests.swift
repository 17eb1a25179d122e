// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Declarations of C functions are checked when the manifest is read")
struct DeclarationTests {
    let fixture: NativeFixture

    init() throws { fixture = try NativeFixture() }

    /// What stands in `run.native`, the tool's properties, and what the error must say.
    static let mistakes: [(native: String, input: String, words: String)] = [
        ("arguments: []", "", "a native tool has either a symbol or calls"),
        ("symbol: f, calls: [{symbol: g}]", "", "a native tool has either a symbol or calls"),
        ("calls: [{symbol: f}], result: {type: int32}", "", "with calls, result belongs into one of them"),
        ("calls: []", "", "expected at least 1 element"),
        ("symbol: a-b", "", "expected a string that matches"),
        ("symbol: f, argument: []", "", "argument"),
        ("symbol: f, arguments: [{type: int}]", "", "int8"),
        ("symbol: f, arguments: [{type: int32}]", "", "an argument needs one of from, value, length_of and size_of"),
        ("symbol: f, arguments: [{type: int32, value: 1, length_of: d}]", "", "an argument needs one of"),
        ("symbol: f, arguments: [{type: int8, value: 128}]", "", "expected int8, which is -128 to 127, got 128"),
        ("symbol: f, arguments: [{type: string, value: 1}]", "", "expected text without a NUL character, got 1"),
        ("symbol: f, arguments: [{type: handle, value: 1}]", "", "expected null, got 1"),
        ("symbol: f, arguments: [{type: int32, from: leevl}]", "level: {type: integer}", "did you mean level?"),
        (
            "symbol: f, arguments: [{type: int32, from: level}]", "level: {type: string}",
            "the argument takes int32, but level is string"
        ),
        ("symbol: f, arguments: [{type: bool, from: on}]", "on: {enum: [1]}", "but on is of no single type"),
        ("symbol: f, arguments: [{type: handle, from: h}]", "h: {type: string}", "takes handle, but h is string"),
        (
            "symbol: f, arguments: [{type: bytes, from: d}]", "d: {type: string}",
            "bytes need an argument with length_of: d"
        ),
        (
            "symbol: f, arguments: [{type: bytes, from: d}, {type: int8, length_of: d}, {type: int8, length_of: d}]",
            "d: {type: string}", "2 arguments carry the length of d"
        ),
        (
            "symbol: f, arguments: [{type: bytes, from: d, size: d}]", "d: {type: string}",
            "the size of an input is a number"
        ),
        ("symbol: f, arguments: [{type: uint32, length_of: d}]", "d: {type: string}", "no string or bytes argument"),
        (
            "symbol: f, arguments: [{type: string, from: d}, {type: double, length_of: d}]", "d: {type: string}",
            "with length_of it must be an integer, not double"
        ),
        ("symbol: f, arguments: [{type: uint32, size_of: out}]", "", "no string or bytes argument of this call is out"),
        ("symbol: f, arguments: [{type: string, output: out}]", "", "an output of type string needs a size"),
        ("symbol: f, arguments: [{type: string, output: out, size: 0}]", "", "expected a number of at least 1"),
        (
            "symbol: f, arguments: [{type: string, output: out, size: 16777217}]", "",
            "expected a number of at most 16777216"
        ),
        ("symbol: f, arguments: [{type: string, output: out, size: room}]", "", "room is neither a property"),
        (
            "symbol: f, arguments: [{type: string, output: out, size: room}]", "room: {type: string}",
            "room must be an integer that is always there"
        ),
        (
            "symbol: f, arguments: [{type: string, output: out, size: 8, value: x}]", "",
            "a string output takes nothing in"
        ),
        (
            "symbol: f, arguments: [{type: bytes, output: o, size: 8, length: n}]", "",
            "n is no integer that this call gives"
        ),
        ("symbol: f, arguments: [{type: int32, value: 1, encoding: text}]", "", "encoding means nothing"),
        ("symbol: f, arguments: [{type: string, value: x, size: 4}]", "", "size means nothing"),
        ("symbol: f, arguments: [{type: int32, output: x, length: y}]", "", "length means nothing"),
        ("symbol: f, result: {type: int32, name: x}", "x: {type: integer}", "the name x is used twice"),
        (
            "calls: [{symbol: f, result: {type: int32, name: y}}, {symbol: g, result: {type: int32, name: y}}]", "",
            "the name y is used twice"
        ),
        ("symbol: f, result: {type: bytes}", "", "expected one of"),
        ("symbol: f, result: {type: int32, nullable: true}", "", "only a string or a handle can be NULL"),
        ("symbol: f, success: {equals: 0}", "", "only a number tells success"),
        ("symbol: f, result: {type: string}, success: {equals: x}", "", "only a number tells success"),
        ("symbol: f, result: {type: uint8}, success: {not: -1}", "", "a uint8 can never be that"),
        ("symbol: f, result: {type: int8}, success: {equals: 0, not: 1}", "", "expected at most 1 property"),
        (
            "calls: [{symbol: f, arguments: [{type: int32, from: y}]}, {symbol: g, result: {type: int32, name: y}}]",
            "",
            "y is neither a property of input_schema nor an earlier result"
        ),
        (
            """
            calls: [{symbol: f, arguments: [{type: bytes, output: b, size: 4}]},
            {symbol: g, arguments: [{type: string, from: b}]}]
            """, "", "the argument takes string, but b is bytes"
        ),
    ]

    @Test("A declaration that cannot be right is refused with its place", arguments: mistakes)
    func mistake(native: String, input: String, words: String) {
        let error = #expect(throws: MegaraptorError.self) { try fixture.manifest(native, input: input) }
        let message = error?.message ?? "no error"
        #expect(message.contains(words), "\(message)")
        #expect(message.contains(#/plugin\.yaml:1[67]:\d+: /#), "\(message)")
    }

    @Test("A property that may be left out needs a value, a default or to be required")
    func optional() throws {
        func read(_ property: String, _ value: String) throws {
            _ = try fixture.manifest(
                "symbol: f, arguments: [{type: int32, from: level\(value)}]",
                input: "level: {\(property)}",
                required: ""
            )
        }
        let error = #expect(throws: MegaraptorError.self) { try read("type: integer", "") }
        #expect(error?.message.contains("level may be left out: require it") == true)
        try read("type: integer, default: 3", "")
        try read("type: integer", ", value: 3")
    }

    @Test("The column is that of the value that is wrong")
    func place() {
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.manifest("symbol: f, arguments: [{type: int8, value: 1}, {type: int8, value: 128}]")
        }
        let line = "      run: {native: {library: libnative.so, beside: true, symbol: f, "
        let column = line.count + "arguments: [{type: int8, value: 1}, {type: int8, value: ".count + 1
        #expect(error?.message.contains("plugin.yaml:16:\(column): ") == true, "\(error?.message ?? "") \(column)")
    }

    @Test(
        "A library is a file's name; no path leads elsewhere",
        arguments: ["/usr/lib/libz.so", "../libz.so", "a/b.so", ""]
    )
    func libraryName(name: String) {
        #expect(throws: MegaraptorError.self) { try fixture.manifest("symbol: f", library: "library: \"\(name)\"") }
    }

    @Test("What the tool answers is derived, and held against what the author says of it")
    func outputSchema() throws {
        let native =
            "symbol: f, arguments: [{type: double, output: x}], result: {type: string, name: y, nullable: true}"
        let derived = try fixture.manifest(native).tools.first?.outputSchema
        #expect(
            derived == [
                "type": "object", "additionalProperties": false, "required": ["x", "y"],
                "properties": ["x": ["type": "number"], "y": ["type": ["string", "null"]]],
            ]
        )
        let own = "{type: object, properties: {x: {type: number, description: X.}, y: {type: [string, 'null']}}}"
        #expect(try fixture.manifest(native, output: own).tools.first?.outputSchema?["properties"]?["x"] != nil)
        let mistakes = [
            (own.replacingOccurrences(of: ", 'null'", with: ""), "answers y, of type null"),
            (own.replacingOccurrences(of: "number", with: "integer"), "answers x, of type number"),
            (
                own.replacingOccurrences(of: "object,", with: "object, required: [z],"),
                "requires z, which no call gives"
            ),
        ]
        for (schema, words) in mistakes {
            let error = #expect(throws: MegaraptorError.self) { try fixture.manifest(native, output: schema) }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
        }
    }

    @Test("A manifest tells which code comes with it, and needs no plugin library")
    func facts() throws {
        let beside = try fixture.manifest("symbol: f")
        #expect(!beside.nativeTools.isEmpty && beside.library == nil)
        #expect(beside.nativeLibraries == ["libnative.so"])
        #expect(try fixture.manifest("symbol: f", library: "library: libz.so.1").nativeLibraries.isEmpty)
    }
}
