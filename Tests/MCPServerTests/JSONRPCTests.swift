// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("JSON-RPC base")
struct JSONRPCTests {
    @Test("JSONRPC-01: a response carries the version, one of result and error, and the id of its request")
    func responseShape() async throws {
        let client = try await TestClient.handshake()
        for id: JSONValue in [1, "1", "", 0, -7] {
            let answer = try await client.request("ping", id: id)
            #expect(answer.objectValue?.keys == ["jsonrpc", "id", "result"])
            let failure = try await client.request("nothing/here", id: id)
            #expect(failure.objectValue?.keys == ["jsonrpc", "id", "error"])
        }
    }

    @Test(
        "JSONRPC-02: integer ids beyond 2^53 come back digit for digit",
        arguments: [
            "9007199254740993", "9223372036854775807", "-9223372036854775808", "100000000000000000000000000000",
        ]
    )
    func hugeIDs(digits: String) async throws {
        let client = TestClient()
        client.send(text: #"{"jsonrpc":"2.0","id":\#(digits),"method":"ping"}"#)
        let answer = String(decoding: try await client.nextBytes(), as: UTF8.self)
        #expect(answer == #"{"jsonrpc":"2.0","id":\#(digits),"result":{}}"#)
    }

    @Test("JSONRPC-03: a fractional id is refused", arguments: ["1.5", "1.0", "1e2", "-0.1"])
    func fractionalIDs(literal: String) async throws {
        let code = try await TestClient().errorCode(text: #"{"jsonrpc":"2.0","id":\#(literal),"method":"ping"}"#)
        #expect(code == -32600)
    }

    @Test("JSONRPC-04: an id of another type makes an invalid request", arguments: ["null", "{}", "[]", "true"])
    func illTypedIDs(literal: String) async throws {
        let client = TestClient()
        client.send(text: #"{"jsonrpc":"2.0","id":\#(literal),"method":"ping"}"#)
        let answer = try await client.next()
        #expect(answer["error"]?["code"] == -32600)
        #expect(answer["id"] == .null)
    }

    @Test(
        "JSONRPC-05: text that is not strict JSON gets -32700 with a null id, and the connection goes on",
        arguments: [
            "{", "nonsense", #"{"jsonrpc":"2.0","id":1,"method":"ping"} x"#,
            #"{"jsonrpc":"2.0","id":NaN,"method":"ping"}"#,
            "{'jsonrpc':'2.0'}", #"{"jsonrpc":"2.0","id":1,/**/"method":"ping"}"#, "{\"a\":\"\u{1}\"}", "{\"a\":1,}",
        ]
    )
    func parseErrors(line: String) async throws {
        let client = TestClient()
        client.send(text: line)
        let answer = try await client.next()
        #expect(answer["error"]?["code"] == -32700)
        #expect(answer["id"] == .null)
        #expect(try await client.request("ping")["result"] == [:])
    }

    @Test(
        "JSONRPC-06: JSON that is no message gets -32600, with the id where it is readable",
        arguments: [
            ("1", JSONValue.null), (#""text""#, .null), ("null", .null), ("{}", .null),
            (#"{"jsonrpc":"2.0","id":5}"#, 5), (#"{"id":5,"method":"ping"}"#, 5),
            (#"{"jsonrpc":"1.0","id":"a","method":"ping"}"#, "a"), (#"{"jsonrpc":"2.0","id":5,"method":7}"#, 5),
            (#"{"jsonrpc":"2.0","id":5,"result":{},"error":{}}"#, 5),
        ]
    )
    func invalidRequests(line: String, id: JSONValue) async throws {
        let client = TestClient()
        client.send(text: line)
        let answer = try await client.next()
        #expect(answer["error"]?["code"] == -32600)
        #expect(answer["id"] == id)
    }

    @Test("JSONRPC-07: params must be an object; null passes as absent", arguments: ["[]", "1", #""x""#, "true"])
    func illTypedParams(literal: String) async throws {
        let client = TestClient()
        let line = #"{"jsonrpc":"2.0","id":1,"method":"ping","params":"#
        #expect(try await client.errorCode(text: line + literal + "}") == -32600)
        client.send(text: line + "null}")
        #expect(try await client.next()["result"] == [:])
    }

    @Test(
        "JSONRPC-08: unknown methods get -32601",
        arguments: ["tools/nothing", "", "logging/setLevel", "tasks/list", "sampling/createMessage"]
    )
    func unknownMethods(method: String) async throws {
        let client = try await TestClient.handshake()
        #expect(try await client.errorCode(method) == -32601)
        #expect(try await client.errorCode(method, modern()) == -32601)
    }

    @Test(
        "JSONRPC-09: a notification is never answered",
        arguments: [
            #"{"jsonrpc":"2.0","method":"notifications/unknown"}"#, #"{"jsonrpc":"2.0","method":"ping"}"#,
            #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":[1]}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
        ]
    )
    func notifications(line: String) async throws {
        let client = try await TestClient.handshake()
        client.send(text: line)
        try await client.expectSilence()
        #expect(client.plugins.calls.isEmpty)
    }

    @Test(
        "JSONRPC-10: responses nobody asked for are ignored",
        arguments: [
            #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"x"}}"#,
            #"{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":"x"}}"#,
        ]
    )
    func strayResponses(line: String) async throws {
        let client = try await TestClient.handshake()
        client.send(text: line)
        try await client.expectSilence()
    }

    @Test("JSONRPC-11: of two requests with one id both are answered, and a cancellation hits the newest")
    func duplicateIDs() async throws {
        let plugins = FakePlugins()
        let gate = Gate()
        plugins.on("custom") { params, _ in
            _ = await gate.wait()
            return textResult(params["arguments"]?["tag"]?.stringValue ?? "").jsonBytes()
        }
        let client = try await TestClient.handshake(plugins: plugins)
        for tag: JSONValue in ["first", "second"] {
            client.post("tools/call", ["name": "custom", "arguments": ["tag": tag]], id: 5)
        }
        client.notify("notifications/cancelled", ["requestId": 5])
        gate.open()
        #expect(text(of: try await client.next()["result"] ?? nil) == "first")
        try await client.expectSilence()
        for _ in 0..<2 { client.post("ping", id: 6) }
        for _ in 0..<2 { #expect(try await client.next()["id"] == 6) }
    }

    @Test("JSONRPC-12 and ROBUST-06: unknown members and parameters are ignored")
    func unknownMembers() async throws {
        let client = TestClient()
        client.send(text: #"{"jsonrpc":"2.0","id":1,"method":"ping","extra":[1],"params":{"more":{}}}"#)
        #expect(try await client.next()["result"] == [:])
    }

    @Test("JSONRPC-17: an error has an integer code and a short message")
    func errorShape() async throws {
        let client = try await TestClient.handshake()
        let error = try await client.request(String(repeating: "m", count: 5000))["error"]
        #expect(error?["code"]?.integerValue == -32601)
        #expect(try #require(error?["message"]?.stringValue).utf8.count < 200)
    }
}
