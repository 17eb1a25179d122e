// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import NativeFunctions
import Testing

@Suite("Bytes, handles and calls in order")
struct BytesAndSequencesTests {
    let fixture: NativeFixture

    init() throws { fixture = try NativeFixture() }

    private func sum(_ data: String, _ encoding: String) throws -> JSONValue? {
        try fixture.call(
            """
            symbol: sum, arguments: [{type: bytes, from: data, encoding: \(encoding)},
            {type: uint32, length_of: data}], result: {type: uint64, name: y}
            """,
            input: "data: {type: string}",
            ["data": .string(data)]
        )["y"]
    }

    @Test("Bytes with NULs arrive whole, from base64 and from text, and none at all are no error")
    func bytes() throws {
        #expect(try sum("AP8A/w==", "base64") == 510)
        #expect(try sum("a\0b", "text") == 195)
        #expect(try sum("", "base64") == 0)
    }

    @Test("What is no base64 is refused", arguments: ["AP8", "AP8A/w=", "A_8=", "é", "AP8A/x=="])
    func notBase64(text: String) throws {
        let error = #expect(throws: MegaraptorError.self) { try sum(text, "base64") }
        #expect(error?.message == "sum cannot take data: expected bytes in base64, padded with =, got \"\(text)\".")
    }

    @Test("A length that its argument cannot hold is refused")
    func longBytes() throws {
        func length(_ count: Int) throws -> JSONValue? {
            try fixture.call(
                """
                symbol: small_length, arguments: [{type: bytes, from: data, encoding: text},
                {type: uint8, length_of: data}], result: {type: uint8, name: y}
                """,
                input: "data: {type: string}",
                ["data": .string(String(repeating: "x", count: count))]
            )["y"]
        }
        #expect(try length(255) == 255)
        let error = #expect(throws: MegaraptorError.self) { try length(256) }
        #expect(
            error?.message
                == "small_length cannot take length of data: expected uint8, which is 0 to 255, got 256."
        )
    }

    @Test("A capacity that goes in and the length that comes out in its place bound the output")
    func capacityInAndOut() throws {
        func reverse(_ data: String) throws -> JSONValue {
            try fixture.call(
                """
                symbol: reverse, arguments: [{type: bytes, output: out, size: 4, length: written},
                {type: uint64, size_of: out, output: written}, {type: bytes, from: data},
                {type: uint64, length_of: data}], result: {type: int32}, success: {equals: 0}
                """,
                input: "data: {type: string}",
                ["data": .string(data)]
            )
        }
        #expect(try reverse("AAH/") == ["written": 3, "out": "/wEA"])
        let error = #expect(throws: MegaraptorError.self) { try reverse("AAECAwQ=") }
        #expect(error?.message == "reverse failed: it returned -5.")
        #expect(error?.details == ["symbol": "reverse", "result": -5])
    }

    @Test("Bytes of a fixed size must have it, and come out whole without a length")
    func fixedSize() throws {
        func flip(_ key: String) throws -> JSONValue {
            try fixture.call(
                "symbol: xor16, arguments: [{type: bytes, from: key, size: 16}, {type: bytes, output: y, size: 16}]",
                input: "key: {type: string}",
                ["key": .string(key)]
            )
        }
        #expect(try flip("AAAAAAAAAAAAAAAAAAAAAA==") == ["y": "/////////////////////w=="])
        let error = #expect(throws: MegaraptorError.self) { try flip("AAAA") }
        #expect(error?.message == "xor16 cannot take key: expected exactly 16 bytes, got 3.")
    }

    // MARK: - Sequences

    /// Opens a counter, adds, reads and closes.
    private static let counting = """
        calls: [{symbol: counter_open, arguments: [{type: int32, from: start}], result: {type: handle, name: c}},
        {symbol: counter_add, arguments: [{type: handle, from: c}, {type: int32, from: add}],
        result: {type: int32}, success: {minimum: 0}},
        {symbol: counter_total, arguments: [{type: handle, from: c}], result: {type: int64, name: total}},
        {symbol: counter_close, arguments: [{type: handle, from: c}], always: true}]
        """

    private func count(_ start: JSONValue, _ add: JSONValue) throws -> JSONValue {
        let input = "start: {type: integer}, add: {type: integer}"
        return try fixture.call(Self.counting, input: input, ["start": start, "add": add])
    }

    private func open() throws -> JSONValue? {
        try fixture.call("symbol: counters_open, result: {type: int32, name: n}")["n"]
    }

    @Test("A handle goes from call to call and never into the answer; what was opened is closed after a failure too")
    func handles() throws {
        #expect(try count(40, 2) == ["total": 42])
        #expect(try open() == 0)
        let failed = #expect(throws: MegaraptorError.self) { try count(40, 13) }
        #expect(failed?.message == "counter_add failed: it returned -13.")
        #expect(try open() == 0)
        let unopened = #expect(throws: MegaraptorError.self) { try count(-1, 2) }
        #expect(unopened?.message == "counter_open failed: it returned NULL.")
        #expect(try open() == 0)
    }

    @Test("A failure while tidying up is told beside the first one")
    func twoFailures() throws {
        let close = ", result: {type: int32}, success: {not: 0}, always"
        let native = Self.counting.replacingOccurrences(of: ", always", with: close)
        let input = "start: {type: integer}, add: {type: integer}"
        let error = #expect(throws: MegaraptorError.self) {
            try fixture.call(native, input: input, ["start": 1, "add": 13])
        }
        #expect(error?.message == "counter_add failed: it returned -13.")
        #expect(error?.cause == "counter_close failed: it returned 0.")
    }

    @Test("A handle that a function hands out through a pointer, and text that a library keeps from call to call")
    func handleThroughPointer() throws {
        let answer = try fixture.call(
            """
            calls: [{symbol: counter_make, arguments: [{type: handle, output: c}], result: {type: int32},
            success: {equals: 0}},
            {symbol: counter_name, arguments: [{type: handle, from: c}, {type: string, from: name}]},
            {symbol: counter_named, arguments: [{type: handle, from: c}], result: {type: string, name: named}},
            {symbol: counter_total, arguments: [{type: handle, from: c}], result: {type: int64, name: total}},
            {symbol: counter_close, arguments: [{type: handle, from: c}], always: true}]
            """,
            input: "name: {type: string}",
            ["name": "kept"]
        )
        #expect(answer == ["named": "kept", "total": 7])
    }

    @Test("An earlier number may be a size")
    func sizeFromEarlierCall() throws {
        let answer = try fixture.call(
            """
            calls: [{symbol: same_uint64, arguments: [{type: uint64, value: 3}], result: {type: uint64, name: bound}},
            {symbol: fill, arguments: [{type: bytes, output: out, size: bound, encoding: text},
            {type: uint64, size_of: out}]}]
            """
        )
        #expect(answer == ["bound": 3, "out": "xxx"])
    }
}
