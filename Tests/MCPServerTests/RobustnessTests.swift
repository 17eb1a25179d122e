// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Robustness")
struct RobustnessTests {
    @Test("ROBUST-02: a message of ten megabytes is answered")
    func hugeMessage() async throws {
        let client = try await TestClient.handshake()
        let padding = String(repeating: "x", count: 10 << 20)
        #expect(try await client.result("ping", ["padding": .string(padding)]) == [:])
    }

    @Test("ROBUST-03: deep nesting is an error, not a crash", arguments: [10_000, 100_000], [false, true])
    func deepNesting(levels: Int, isClosed: Bool) async throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner =
                String(repeating: open, count: levels) + (isClosed ? "1" + String(repeating: close, count: levels) : "")
            let client = TestClient()
            client.send(
                text: #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"# + inner + (isClosed ? "}}" : "")
            )
            #expect(try await client.next()["error"]?["code"] == -32700)
            client.send(text: inner)
            #expect(try await client.next()["error"]?["code"] == -32700)
            #expect(try await client.result("ping") == [:])
        }
    }

    @Test("ROBUST-04 and ROBUST-05: a thousand mixed requests at once each get their own answer")
    func pipelined() async throws {
        let client = try await TestClient.handshake()
        for number in 0..<1000 {
            let id = JSONValue.integer(Int64(number))
            switch number % 3 {
            case 0: client.post("ping", id: id)
            case 1: client.post("tools/call", ["name": "echo", "arguments": ["text": .string("\(number)")]], id: id)
            default: client.post("nothing", id: id)
            }
        }
        var seen: Set<Int64> = []
        for _ in 0..<1000 {
            let answer = try await client.next()
            let id = try #require(answer["id"]?.integerValue)
            #expect(seen.insert(id).inserted)
            switch id % 3 {
            case 0: #expect(answer["result"] == [:])
            case 1: #expect(text(of: answer["result"] ?? .null) == "\(id)")
            default: #expect(answer["error"]?["code"] == -32601)
            }
        }
    }

    @Test("ROBUST-07: ids 1e2 and 10^29 do no harm")
    func strangeIDs() async throws {
        let client = TestClient()
        for literal in ["1e2", "100000000000000000000000000000"] {
            client.send(text: #"{"jsonrpc":"2.0","id":\#(literal),"method":"ping"}"#)
            _ = try await client.next()
        }
        #expect(try await client.result("ping") == [:])
    }

    @Test("ROBUST-09: of duplicate members the last one counts")
    func duplicateKeys() async throws {
        let client = TestClient()
        client.send(text: #"{"jsonrpc":"2.0","id":1,"id":2,"method":"x","method":"ping"}"#)
        #expect(try await client.next() == ["jsonrpc": "2.0", "id": 2, "result": [:]])
    }

    @Test("ROBUST-10: three thousand bad lines in a row are each refused")
    func badLines() async throws {
        let client = TestClient()
        for _ in 0..<3000 { client.send(text: "{broken") }
        for _ in 0..<3000 { #expect(try await client.next()["error"]?["code"] == -32700) }
        #expect(try await client.result("ping") == [:])
    }

    @Test(
        "STDIO-04 and STDIO-05: what is no UTF-8, and half of a surrogate pair, gets -32700",
        arguments: [
            [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], Array(#"\ud800"#.utf8), Array(#"\udc00x"#.utf8),
        ] as [[UInt8]]
    )
    func notUnicode(bytes: [UInt8]) async throws {
        let client = TestClient()
        client.send(bytes: Array(#"{"jsonrpc":"2.0","id":"#.utf8) + [0x22] + bytes + Array(#"","method":"ping"}"#.utf8))
        #expect(try await client.next()["error"]?["code"] == -32700)
        #expect(try await client.result("ping") == [:])
    }

    @Test("STDIO-02: blank lines and padding are ignored", arguments: ["", "   ", "\r", "\t \r"])
    func blankLines(line: String) async throws {
        let client = TestClient()
        client.send(text: line)
        try await client.expectSilence()
        client.send(text: " {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} \r")
        #expect(try await client.next()["result"] == [:])
    }
}
