// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Places in a document, and names that were meant")
struct JSONPointerTests {
    @Test("Pointers are written, read and followed")
    func pointers() throws {
        let value: JSONValue = ["a/b": [["~": 7]], "": 1]
        let pointer = JSONPointer(["a/b", "0", "~"])
        #expect(pointer.description == "/a~1b/0/~0")
        #expect(JSONPointer(parsing: "/a~1b/0/~0") == pointer)
        #expect(value[pointer] == 7)
        #expect(value[JSONPointer(["a/b", "00"])] == nil)
        #expect(value[JSONPointer(["a/b", "1"])] == nil)
        #expect(value[JSONPointer([""])] == 1)
        #expect(value[JSONPointer()] == value)
        #expect(JSONPointer(parsing: "a") == nil)
        #expect(JSONPointer(parsing: "/~2") == nil)
    }

    private static let slips: [(String, String?)] = [
        ("clientid", "client_id"), ("Client-ID", "client_id"), ("clinet_id", "client_id"), ("limt", "limit"),
        ("hostname", nil), ("x", nil), ("", nil), (String(repeating: "a", count: 1000), nil),
    ]

    @Test("The nearest name is found where one is near", arguments: slips)
    func spelling(name: String, expected: String?) {
        #expect(Spelling.nearest(to: name, among: ["offset", "client_id", "limit"]) == expected)
    }
}
