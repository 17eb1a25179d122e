// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Broken documents")
struct JSONMutationTests {
    private static let seed = Array(
        #"{"id":-12.5e+3,"aé😀\u00e9\ud83d\ude00":[true,false,null,{"k":"v\n"},[[]]],"k2": "\"\\\/", "0":0 }"#.utf8
    )

    @Test("Parser and scanner agree on every document with a byte changed, added or taken away")
    func agreement() {
        for place in Self.seed.indices {
            for byte: UInt8 in [
                0x00, 0x0A, 0x20, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xED, 0xFF,
            ] {
                var changed = Self.seed
                changed[place] = byte
                compare(changed)
                var longer = Self.seed
                longer.insert(byte, at: place)
                compare(longer)
            }
            var shorter = Self.seed
            shorter.remove(at: place)
            compare(shorter)
            compare(Array(Self.seed[..<place]))
        }
    }

    private func compare(_ bytes: [UInt8]) {
        let parsed = Result { try JSONValue(json: bytes) }
        let scanned = Result { try JSONScanner(bytes) }
        switch (parsed, scanned) {
        case (.success(let value), .success):
            #expect(throws: Never.self) {
                let again = try JSONValue(json: value.jsonBytes())
                let compacted = try JSONValue(json: JSONScanner.compact(bytes))
                #expect(again == value && compacted == value)
            }
        case (.failure(let first), .failure(let second)):
            #expect(first as? JSONError == second as? JSONError)
            #expect((first as? JSONError).map { $0.offset <= bytes.count } == true)
        default:
            Issue.record("parser and scanner differ on \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("Members with one name are found however many there are and however they are spelled")
    func repeatedNames() throws {
        for count in [1, 5, 31, 32, 33, 34, 200] {
            let names = (0..<count).map { "a rather long name \($0)" }
            let text = (names + names).enumerated().map { #""\#($1)":\#($0)"# }.joined(separator: ",")
            let object = try JSONValue(json: "{\(text)}").objectValue
            #expect(object?.keys == names)
            #expect(object?[names[0]] == .integer(Int64(count)))
        }
        #expect(try JSONValue(json: #"{"a":1,"\u0061":2}"#) == ["a": 2])
        #expect(try JSONValue(json: #"{"\u0061":1,"b":3,"a":2}"#) == ["a": 2, "b": 3])
        #expect(try JSONValue(json: #"{"a":{"a":1,"b":2},"b":{"a":3},"a":4}"#) == ["a": 4, "b": ["a": 3]])
        #expect(try JSONValue(json: #"{"12345678a87654321":1,"12345678b87654321":2}"#).objectValue?.count == 2)
    }
}
