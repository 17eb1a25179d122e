// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import NativeFunctions
import Testing

@Suite("Values reach C functions and come back as declared")
struct ValueTests {
    let fixture: NativeFixture

    init() throws { fixture = try NativeFixture() }

    /// The type, values that fit, and values that do not.
    static let numbers: [(type: String, fitting: [JSONValue], refused: [JSONValue])] = [
        ("bool", [true, false], []),
        ("int8", [-128, -1, 0, 127], [-129, 128]),
        ("int16", [-32768, 32767], [-32769, 32768]),
        ("int32", [-2_147_483_648, 2_147_483_647], [-2_147_483_649, 2_147_483_648]),
        ("int64", [.integer(.min), .integer(.max)], [JSONValue(UInt64(Int64.max) + 1)]),
        ("uint8", [0, 255], [-1, 256]),
        ("uint16", [0, 65535], [-1, 65536]),
        ("uint32", [0, 4_294_967_295], [-1, 4_294_967_296]),
        ("uint64", [0, JSONValue(UInt64.max)], [-1, .number(JSONNumber(0x1p64))]),
        ("double", [JSONValue(0.1), JSONValue(-1e300), JSONValue(2.5e-308)], []),
    ]

    private func same(_ type: String, _ value: JSONValue) throws -> JSONValue? {
        let kind = type == "bool" ? "boolean" : type == "double" ? "number" : "integer"
        return try fixture.call(
            "symbol: same_\(type), arguments: [{type: \(type), from: x}], result: {type: \(type), name: y}",
            input: "x: {type: \(kind)}",
            ["x": value]
        )["y"]
    }

    @Test("Each number comes back as it went, up to its limits", arguments: numbers)
    func roundTrip(type: String, fitting: [JSONValue], refused: [JSONValue]) throws {
        for value in fitting { #expect(try same(type, value) == value) }
        for value in refused {
            let error = #expect(throws: MegaraptorError.self) { try same(type, value) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.hasPrefix("same_\(type) cannot take x: expected \(type), which is") == true)
        }
    }

    @Test("A whole number that is written with a fraction is an integer, as for JSON Schema")
    func wholeNumber() throws {
        #expect(try same("int32", JSONValue(2.0)) == 2)
        #expect(throws: MegaraptorError.self) { try same("int32", JSONValue(2.5)) }
    }

    @Test("Many kinds side by side stand each in its own place")
    func mixed() throws {
        let types = ["bool", "int8", "double", "uint16", "int64", "double", "uint8", "int32"]
        let values = ["false", "-100", "0.5", "65535", "-4000000000", "0.25", "255", "-2000000000"]
        let arguments = zip(types, values).map { "{type: \($0), value: \($1)}" }.joined(separator: ", ")
        let answer = try fixture.call("symbol: mixed, arguments: [\(arguments)], result: {type: double, name: y}")
        #expect(answer["y"]?.doubleValue == -(-100 + 0.5 + 65535 - 4_000_000_000 + 0.25 + 255 - 2_000_000_000))
    }

    @Test("Numbers that a function writes through pointers come back by name")
    func outputs() throws {
        let answer = try fixture.call(
            """
            symbol: split, arguments: [{type: double, from: x}, {type: int32, output: whole},
            {type: double, output: rest}, {type: bool, output: negative}, {type: int8, output: sign}]
            """,
            input: "x: {type: number}",
            ["x": JSONValue(-2.5)]
        )
        #expect(answer == ["whole": -2, "rest": JSONValue(-0.5), "negative": true, "sign": -1])
    }

    @Test("What JSON cannot carry is an error, not null")
    func notANumber() throws {
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.call("symbol: not_a_number, result: {type: double, name: y}")
        }
        #expect(error?.message == "What not_a_number gave as y is no finite number, which JSON cannot carry.")
    }

    // MARK: - Text

    private func greet(_ name: JSONValue, _ more: String = "") throws -> JSONValue {
        try fixture.call(
            "symbol: greet, arguments: [{type: string, from: who}], result: {type: string, name: y\(more)}",
            input: "who: {type: string}",
            ["who": name]
        )
    }

    @Test("Text goes and comes as UTF-8")
    func text() throws {
        #expect(try greet("Jürgen ☕") == ["y": "Hello, Jürgen ☕!"])
    }

    @Test("Text with a NUL, which C would cut, is refused")
    func textWithNUL() throws {
        let error = #expect(throws: MegaraptorError.self) { try greet("a\0b") }
        #expect(error?.message.contains("expected text without a NUL character") == true)
    }

    @Test("A NULL is an error, or null where the manifest says so")
    func null() throws {
        let error = #expect(throws: MegaraptorError.self) { try greet("") }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message == "greet failed: it returned NULL.")
        #expect(try greet("", ", nullable: true") == ["y": nil])
    }

    @Test("Text that is no UTF-8 is an error, not replaced")
    func notUTF8() throws {
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.call("symbol: latin1, result: {type: string, name: y}")
        }
        #expect(error?.message == "What latin1 gave as y is not UTF-8; declare it as bytes.")
    }

    @Test("What is left out is passed as the value that stands beside it")
    func leftOut() throws {
        let native = "symbol: is_null, arguments: [{type: string, from: t, value: null}], result: {type: bool, name: y}"
        #expect(try fixture.call(native, input: "t: {type: string}", required: "") == ["y": true])
        #expect(try fixture.call(native, input: "t: {type: string}", required: "", ["t": "x"]) == ["y": false])
    }

    @Test("Text that a function allocated is copied before a later call releases it")
    func released() throws {
        let answer = try fixture.call(
            """
            calls: [{symbol: duplicate, arguments: [{type: string, from: t}], result: {type: string, name: copy}},
            {symbol: release, arguments: [{type: handle, from: copy}], always: true},
            {symbol: released_count, result: {type: int32, name: count}}]
            """,
            input: "t: {type: string}",
            ["t": "mine"]
        )
        #expect(answer == ["copy": "mine", "count": 1])
    }

    // MARK: - Output buffers

    private func write(_ text: String, length: String, size: String = "8") throws -> JSONValue {
        try fixture.call(
            """
            symbol: write_text, arguments: [{type: string, output: out, size: \(size)\(length)},
            {type: uint64, size_of: out}, {type: string, from: t}], result: {type: int32, name: n}
            """,
            input: "t: {type: string}, room: {type: integer}",
            ["t": .string(text), "room": 100]
        )
    }

    @Test("Text in a buffer ends at its NUL or where the function says, and one that was cut is an error")
    func textBuffer() throws {
        #expect(try write("seven c", length: "") == ["n": 7, "out": "seven c"])
        #expect(try write("seven c", length: ", length: n") == ["n": 7, "out": "seven c"])
        let error = #expect(throws: MegaraptorError.self) { try write("nine char", length: ", length: n") }
        #expect(error?.code == .resourceExhausted)
        #expect(
            error?.message
                == "out does not fit: there was room for 8 bytes, and what write_text wrote says it has 9 bytes."
        )
        #expect(try write("nine char", length: ", length: n", size: "room")["out"] == "nine char")
    }

    @Test("A buffer without a NUL is an error")
    func noEnd() throws {
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.call(
                "symbol: fill, arguments: [{type: string, output: out, size: 8}, {type: uint64, size_of: out}]"
            )
        }
        #expect(error?.code == .resourceExhausted)
        #expect(error?.message.hasSuffix("what fill wrote ends in no NUL.") == true)
    }

    @Test("A size that no buffer may have is refused before the call", arguments: [0, -1, 16_777_217] as [JSONValue])
    func badSize(size: JSONValue) throws {
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.call(
                "symbol: fill, arguments: [{type: string, output: out, size: room}, {type: uint64, size_of: out}]",
                input: "room: {type: integer}",
                ["room": size]
            )
        }
        #expect(error?.message == "fill cannot take out: its size must be 1 to 16777216 bytes, not \(size.json()).")
    }

    @Test("A length that the function gives is believed only within the buffer", arguments: [-1, 9, .max] as [Int64])
    func lies(length: Int64) throws {
        func claim(_ length: Int64) throws -> JSONValue {
            try fixture.call(
                """
                symbol: claim, arguments: [{type: bytes, output: out, size: 8, length: n, encoding: text},
                {type: uint64, size_of: out}, {type: int64, from: l}], result: {type: int64, name: n}
                """,
                input: "l: {type: integer}",
                ["l": .integer(length)]
            )
        }
        #expect(try claim(1)["out"] == "a")
        #expect(try claim(0)["out"] == "")
        let error = #expect(throws: MegaraptorError.self) { try claim(length) }
        #expect(error?.code == .resourceExhausted)
    }
}
