// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Batches")
struct BatchTests {
    private static func ping(_ id: JSONValue) -> JSONValue { ["jsonrpc": "2.0", "id": id, "method": "ping"] }

    @Test("JSONRPC-13: a batch gets one array with one response per request, an invalid member its own error")
    func batch() async throws {
        let client = try await TestClient.handshake("2025-03-26")
        client.send([
            Self.ping(1), ["jsonrpc": "2.0", "method": "notifications/unknown"], 7,
            [
                "jsonrpc": "2.0", "id": "t", "method": "tools/call",
                "params": ["name": "echo", "arguments": ["text": "x"]],
            ],
            Self.ping(2),
        ])
        let answers = try #require(try await client.next().arrayValue)
        #expect(answers.count == 4)
        #expect(Set(answers.compactMap { $0["id"] }) == [1, 2, "t", .null])
        #expect(answers.first { $0["id"] == .null }?["error"]?["code"] == -32600)
        try await client.expectSilence()
    }

    @Test("JSONRPC-13: in other versions a batch is one -32600", arguments: ["2024-11-05", "2025-06-18", "2025-11-25"])
    func noBatches(version: String) async throws {
        let client = try await TestClient.handshake(version)
        client.send([Self.ping(1), Self.ping(2)])
        #expect(try await client.next()["error"]?["code"] == -32600)
        try await client.expectSilence()
    }

    @Test("JSONRPC-14: an empty batch is one -32600, and a batch of notifications gets nothing")
    func emptyBatches() async throws {
        let client = try await TestClient.handshake("2025-03-26")
        #expect(try await client.errorCode(text: "[]") == -32600)
        client.send([["jsonrpc": "2.0", "method": "notifications/unknown"]])
        try await client.expectSilence()
    }

    @Test("JSONRPC-15: initialize is refused inside a batch, and a batch before it is -32600")
    func initializeInBatch() async throws {
        let fresh = TestClient()
        let initialize: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": TestClient.initializeParams("2025-03-26"),
        ]
        fresh.send([initialize])
        #expect(try await fresh.next()["error"]?["code"] == -32600)
        let client = try await TestClient.handshake("2025-03-26")
        client.send([initialize, Self.ping(2)])
        let answers = try #require(try await client.next().arrayValue)
        #expect(answers.first { $0["id"] == 1 }?["error"]?["code"] == -32600)
        #expect(answers.first { $0["id"] == 2 }?["result"] == [:])
    }

    @Test("JSONRPC-13: a cancelled member leaves the rest of the batch's answer whole")
    func cancelledMember() async throws {
        let plugins = FakePlugins()
        let gate = Gate()
        plugins.on("custom") { _, _ in
            _ = await gate.wait()
            return textResult("late").jsonBytes()
        }
        let client = try await TestClient.handshake("2025-03-26", plugins: plugins)
        client.send([
            ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "custom"]], Self.ping(2),
        ])
        client.notify("notifications/cancelled", ["requestId": 1])
        #expect(try await client.next().arrayValue?.map { $0["id"] } == [2])
    }

    @Test("JSONRPC-13: a stateless request cannot be part of a batch")
    func statelessInBatch() async throws {
        let client = try await TestClient.handshake("2025-03-26")
        client.send([["jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": modern()]])
        #expect(try await client.next().arrayValue?.first?["error"]?["code"] == -32600)
    }
}
