// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@testable import VelociraptorPlugin

@Suite("Rows as bytes")
struct RowBufferTests {
    private static let awkward = [
        #"{"a":"],[{"}"#, #"{"b":"\\\"]"}"#, #"{"c":[[1],{"d":"}]"}]}"#, #"{}"#, #"{"n":12345678901234567890123}"#,
        #"{"ü":"\u0000 \ud83d\ude00 😀"}"#,
    ]

    @Test("rows are found whatever they contain, and come out byte for byte")
    func splicing() throws {
        var buffer = RowBuffer()
        _ = try buffer.append("[\(Self.awkward[0...2].joined(separator: ","))]", columns: ["a", "b"], limit: 100)
        _ = try buffer.append(" [ \(Self.awkward[3...5].joined(separator: " , ")) ] ", columns: ["b", "n"], limit: 100)
        #expect(buffer.count == 6)
        #expect(buffer.columns == ["a", "b", "n"])
        for (index, row) in Self.awkward.enumerated() {
            #expect(String(decoding: buffer.row(index), as: UTF8.self) == row)
        }
        var array: [UInt8] = []
        buffer.writeArray(0..<buffer.count, into: &array)
        #expect(array == Array("[\(Self.awkward.joined(separator: ","))]".utf8))
        #expect(array.count == buffer.size(from: 0) + 2)
    }

    @Test("no rows are an empty array")
    func empty() throws {
        var buffer = RowBuffer()
        let outcome = try buffer.append("[]", columns: [], limit: 10)
        #expect(outcome == (0, false))
        var array: [UInt8] = []
        buffer.writeArray(0..<buffer.count, into: &array)
        #expect(array == Array("[]".utf8))
    }

    @Test("a limit keeps whole rows and says that some were left out")
    func limit() throws {
        var buffer = RowBuffer()
        #expect(try buffer.append("[{\"a\":1},{\"a\":2}]", columns: ["a"], limit: 2) == (2, false))
        #expect(try buffer.append("[{\"a\":3},{\"a\":4}]", columns: ["a"], limit: 1) == (1, true))
        #expect(try buffer.append("[{\"a\":5}]", columns: ["a"], limit: 0) == (0, true))
        #expect(try buffer.values() == [["a": 1], ["a": 2], ["a": 3]])
    }

    @Test("a row with line breaks is put on one line")
    func lineBreaks() throws {
        var buffer = RowBuffer()
        _ = try buffer.append("[{\n  \"a\": \"x\\n y\"\n}]", columns: ["a"], limit: 10)
        #expect(String(decoding: buffer.row(0), as: UTF8.self) == #"{"a":"x\n y"}"#)
    }

    @Test("what is no JSON array is refused", arguments: ["", "{}", "[{]", "[{\"a\":1}", "[{\"a\":NaN}]"])
    func refused(text: String) {
        var buffer = RowBuffer()
        #expect(throws: JSONError.self) { try buffer.append(text, columns: [], limit: 10) }
    }
}

@Suite("Values for a query")
struct TypedEnvironmentTests {
    @Test("strings travel as they are, everything else as one document that the prelude reads")
    func values() throws {
        let environment = try TypedEnvironment(["Text": "5", "Number": 5, "List": [1, "a"], "select": true])
        #expect(environment.variables.first == VQLQuery.Variable("Text", "5"))
        let carrier = try #require(environment.variables.last)
        #expect(try JSONValue(json: carrier.value) == ["Number": 5, "List": [1, "a"], "select": true])
        #expect(
            environment.prelude == """
                LET `Number` <= parse_json(data=MegaraptorTypedEnvironment).`Number`
                LET `List` <= parse_json(data=MegaraptorTypedEnvironment).`List`
                LET `select` <= parse_json(data=MegaraptorTypedEnvironment).`select`
                """
        )
    }

    @Test("strings alone need no prelude")
    func stringsOnly() throws {
        let environment = try TypedEnvironment(["A": "x') //"])
        #expect(environment.prelude.isEmpty)
        #expect(environment.variables == [VQLQuery.Variable("A", "x') //")])
    }

    @Test(
        "a name that is no identifier is refused",
        arguments: ["", "a b", "a`b", "1a", "ä", "a.b", "MegaraptorTypedEnvironment"]
    )
    func names(name: String) {
        let thrown = #expect(throws: MegaraptorError.self) { try TypedEnvironment([name: 1]) }
        #expect(thrown?.code == .invalidArgument)
    }
}
