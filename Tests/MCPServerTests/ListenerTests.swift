// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPTransport
import MegaraptorErrors
import Testing

@testable import MCPServer

@Suite("Plugins learn whether anybody listens to their resources")
struct ListenerTests {
    /// What plugins are told: `+` and an address when the first listener comes, `-` when the last one has gone.
    private final class Ear {
        let plugins = Fixtures.plugins()
        private var heard: AsyncStream<String>.Iterator

        init(answering answer: @escaping FakePlugins.Handler = { _, _ throws(MegaraptorError) in Array("{}".utf8) }) {
            let (stream, mouth) = AsyncStream<String>.makeStream()
            heard = stream.makeAsyncIterator()
            for (method, sign) in [("resources/subscribe", "+"), ("resources/unsubscribe", "-")] {
                plugins.on(method) { params, context throws(MegaraptorError) in
                    mouth.yield(sign + (params["uri"]?.stringValue ?? ""))
                    return try await answer(params, context)
                }
            }
        }

        func next() async -> String? { await heard.next() }
    }

    private func listen(_ client: TestClient, _ uris: JSONValue, id: JSONValue) async throws {
        client.post("subscriptions/listen", modern(["notifications": ["resourceSubscriptions": uris]]), id: id)
        #expect(try await client.next()["method"] == "notifications/subscriptions/acknowledged")
    }

    @Test("RES-13 and SUB-02: the first listener and the last one count, over both eras and several connections")
    func counted() async throws {
        let ear = Ear()
        let client = try await TestClient.handshake(plugins: ear.plugins)
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(await ear.next() == "+test://info")
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        try await listen(client, ["test://info", "test://none"], id: 7)
        let other = client.server.connect(to: InMemorySink())
        let line: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen",
            "params": modern(["notifications": ["resourceSubscriptions": ["test://info"]]]),
        ]
        line.jsonBytes().withUnsafeBytes { other.receive($0) }
        _ = try await client.result("resources/unsubscribe", ["uri": "test://info"])
        client.notify("notifications/cancelled", ["requestId": 7])
        // Nothing was said since: the next thing heard is of another resource.
        _ = try await client.result("resources/subscribe", ["uri": "test://items/1"])
        #expect(await ear.next() == "+test://items/1")
        other.endAllSubscriptions(byClient: true)
        #expect(await ear.next() == "-test://info")
        #expect(Set(ear.plugins.calls.map(\.plugin)) == ["org.example.fake"])
    }

    @Test("RES-13 and SUB-04: the end of a connection ends what it listened to", arguments: [true, false])
    func closed(byClient: Bool) async throws {
        let ear = Ear()
        let client = try await TestClient.handshake(plugins: ear.plugins)
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(await ear.next() == "+test://info")
        try await listen(client, ["test://items/1"], id: 7)
        #expect(await ear.next() == "+test://items/1")
        client.connection.endAllSubscriptions(byClient: byClient)
        var gone: Set<String?> = []
        for _ in 0..<2 { gone.insert(await ear.next()) }
        #expect(gone == ["-test://info", "-test://items/1"])
    }

    @Test("RES-13: unsubscribing from what nobody subscribed to tells no plugin")
    func unknown() async throws {
        let ear = Ear()
        let client = try await TestClient.handshake(plugins: ear.plugins)
        _ = try await client.result("resources/unsubscribe", ["uri": "test://info"])
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(await ear.next() == "+test://info")
    }

    @Test("A plugin is told the end only after it has taken the beginning, and hears of a listener that came meanwhile")
    func ordered() async throws {
        let gate = Gate()
        let ear = Ear { _, _ throws(MegaraptorError) in
            _ = await gate.wait()
            return Array("{}".utf8)
        }
        let client = try await TestClient.handshake(plugins: ear.plugins)
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(await ear.next() == "+test://info")
        _ = try await client.result("resources/unsubscribe", ["uri": "test://info"])
        _ = try await client.result("resources/subscribe", ["uri": "test://items/1"])
        #expect(await ear.next() == "+test://items/1")
        gate.open()
        #expect(await ear.next() == "-test://info")
    }

    @Test("A plugin that does not know subscriptions keeps nobody from subscribing")
    func unsupported() async throws {
        let ear = Ear { _, _ throws(MegaraptorError) in throw MegaraptorError(.unsupported, "unknown method") }
        let client = try await TestClient.handshake(plugins: ear.plugins)
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(await ear.next() == "+test://info")
        client.server.resourceDidChange(uri: "test://info")
        #expect(try await client.next()["method"] == "notifications/resources/updated")
    }
}
