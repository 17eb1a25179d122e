// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Swift types from and to JSON values")
struct CodingTests {
    private enum Level: String, Codable { case low, high }

    private struct Inner: Codable, Equatable {
        var id: UInt64
        var raw: JSONValue
        var level: Level?
    }

    private struct Outer: Codable, Equatable {
        var name: String
        var limit: Int64
        var ratio: Double
        var small: Int8?
        var on: Bool
        var inner: [Inner]
        var table: [String: Int]

        enum CodingKeys: String, CodingKey {
            case name, limit, ratio, small, on, inner
            case table = "by_name"
        }
    }

    private static let json: JSONValue = [
        "name": "é", "limit": 9_007_199_254_740_993, "ratio": JSONValue(0.5), "on": true,
        "inner": [["id": JSONValue(UInt64.max), "raw": ["deep": [1, nil]], "level": "high"], ["id": 0, "raw": nil]],
        "by_name": ["a": 1, "b": 2],
    ]

    @Test("A type is read, unknown members are ignored, and comes back the same")
    func roundTrip() throws {
        var source = try #require(Self.json.objectValue)
        source["unknown"] = ["x": 1]
        let outer = try JSONValueDecoder().decode(Outer.self, from: .object(source))
        #expect(outer.limit == 9_007_199_254_740_993)
        #expect(outer.inner[0].id == .max)
        #expect(outer.inner[0].raw == ["deep": [1, nil]])
        #expect(outer.inner[1].level == nil)
        #expect(outer.table == ["a": 1, "b": 2])
        let encoded = try JSONValueEncoder().encode(outer)
        #expect(encoded == Self.json)
    }

    @Test(
        "Integers are exact, also in other spellings",
        arguments: [("1.0", 1), ("1e2", 100), ("-0", 0), ("-128", -128)]
    )
    func integers(text: String, expected: Int8) throws {
        #expect(try JSONValueDecoder().decode(Int8.self, from: JSONValue(json: text)) == expected)
    }

    private static let faults: [(String, String, String)] = [
        ("/limit", #""5""#, "/limit: expected an integer, got a string"),
        ("/limit", "1.5", "/limit: expected an integer, got a number"),
        ("/limit", "9223372036854775808", "/limit: the number 9223372036854775808 does not fit Int64"),
        ("/limit", "1e999999999", "/limit: the number 1e999999999 does not fit Int64"),
        ("/small", "128", "/small: the number 128 does not fit Int8"),
        ("/ratio", "1e400", "/ratio: the number 1e400 does not fit Double"),
        ("/ratio", "true", "/ratio: expected a number, got a boolean"),
        ("/name", "null", "/name: expected a string, got null"),
        ("/on", "1", "/on: expected a boolean, got an integer"),
        ("/inner", "{}", "/inner: expected an array, got an object"),
        ("/inner", "[[]]", "/inner/0: expected an object, got an array"),
        ("/inner", #"[{"id":-1,"raw":0}]"#, "/inner/0/id: the number -1 does not fit UInt64"),
        ("/inner", #"[{"id":1}]"#, #"/inner/0: the property "raw" is required"#),
        ("/by_name", #"{"a/b":"x"}"#, "/by_name/a~1b: expected an integer, got a string"),
    ]

    @Test("A misfit is told with its place", arguments: faults)
    func tellsFault(place: String, text: String, description: String) throws {
        var source = try #require(Self.json.objectValue)
        source[String(place.dropFirst())] = try JSONValue(json: text)
        let error = #expect(throws: JSONCodingError.self) {
            try JSONValueDecoder().decode(Outer.self, from: .object(source))
        }
        #expect(error?.description == description)
    }

    @Test("A missing member and an unknown case are told")
    func missing() throws {
        let missing = #expect(throws: JSONCodingError.self) {
            try JSONValueDecoder().decode(Outer.self, from: ["name": "x"])
        }
        #expect(missing?.description == #"the property "limit" is required"#)
        let unknown = #expect(throws: JSONCodingError.self) {
            try JSONValueDecoder().decode([Level].self, from: ["low", "middle"])
        }
        #expect(unknown?.pointer == JSONPointer(["1"]))
    }

    @Test("What JSON cannot write is an error")
    func nonFinite() {
        let error = #expect(throws: JSONCodingError.self) { try JSONValueEncoder().encode(["a": [1, Double.nan]]) }
        #expect(error?.description == "/a/1: JSON cannot write the number nan")
    }

    @Test("Containers may nest by hand")
    func nested() throws {
        struct Hand: Codable, Equatable {
            var x: Int
            var y: [String?]
            enum Keys: String, CodingKey { case outer, list, x }
            init(x: Int, y: [String?]) { (self.x, self.y) = (x, y) }
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                x = try container.nestedContainer(keyedBy: Keys.self, forKey: .outer).decode(Int.self, forKey: .x)
                var list = try container.nestedUnkeyedContainer(forKey: .list)
                y = []
                while !list.isAtEnd { y.append(try list.decodeNil() ? nil : try list.decode(String.self)) }
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                var outer = container.nestedContainer(keyedBy: Keys.self, forKey: .outer)
                try outer.encode(x, forKey: .x)
                var list = container.nestedUnkeyedContainer(forKey: .list)
                for element in y { try list.encode(element) }
            }
        }
        let hand = Hand(x: 5, y: ["a", nil, "b"])
        let json: JSONValue = ["outer": ["x": 5], "list": ["a", nil, "b"]]
        #expect(try JSONValueEncoder().encode(hand) == json)
        #expect(try JSONValueDecoder().decode(Hand.self, from: json) == hand)
    }

    @Test("Coders that would round numbers are refused")
    func otherCoders() throws {
        let value: JSONValue = ["a": 1]
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(JSONValue.self, from: Data(value.jsonBytes())) }
    }
}
