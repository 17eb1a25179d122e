// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPServer
import MegaraptorErrors
import Testing

@Suite("Cancellation and progress")
struct CancellationTests {
    @Test(
        "CANCEL-01: cancellations of nothing are ignored",
        arguments: [
            ["requestId": 99], ["requestId": .null], [:], ["requestId": [:]], ["requestId": 1, "reason": 5],
        ] as [JSONValue]
    )
    func ofNothing(params: JSONValue) async throws {
        let client = try await TestClient.handshake()
        client.notify("notifications/cancelled", params)
        try await client.expectSilence()
    }

    @Test("CANCEL-02: a cancelled request stops and is never answered", arguments: [1, "1"] as [JSONValue])
    func stops(id: JSONValue) async throws {
        let plugins = FakePlugins()
        let (events, stopped) = AsyncStream<Bool>.makeStream()
        plugins.on("custom") { _, context in
            let gate = Gate()
            stopped.yield(await gate.wait())
            context.progress?(.init(done: 2))
            return textResult("late").jsonBytes()
        }
        for isStateless in [false, true] {
            let client = try await TestClient.handshake(plugins: plugins)
            let params: JSONObject = ["name": "custom"]
            let meta: JSONObject = ["progressToken": "p"]
            client.post("tools/call", isStateless ? modern(params, meta: meta) : .object(params), id: id)
            client.notify("notifications/cancelled", ["requestId": id])
            var iterator = events.makeAsyncIterator()
            // A call that was cancelled before it reached the plugin never gets there.
            if !client.plugins.calls.isEmpty { #expect(await iterator.next() == false) }
            try await client.expectSilence()
        }
    }

    @Test("CANCEL-02: a running call of a plugin sees its cancellation")
    func reachesPlugin() async throws {
        let plugins = FakePlugins()
        let (entries, entered) = AsyncStream<Void>.makeStream()
        let (exits, left) = AsyncStream<Bool>.makeStream()
        plugins.on("custom") { _, _ in
            entered.yield()
            left.yield(await Gate().wait())
            return textResult("late").jsonBytes()
        }
        let client = try await TestClient.handshake(plugins: plugins)
        client.post("tools/call", ["name": "custom"], id: 1)
        for await _ in entries.prefix(1) {}
        client.notify("notifications/cancelled", ["requestId": 1])
        for await wasOpened in exits.prefix(1) { #expect(!wasOpened) }
        try await client.expectSilence()
    }

    @Test("CANCEL-02: cancelling a call withdraws the question it has put to the client")
    func withdrawsQuestion() async throws {
        let client = try await TestClient.handshake(capabilities: ["elicitation": [:]])
        client.post("tools/call", ["name": "delete"], id: 1)
        let question = try await client.next()
        client.notify("notifications/cancelled", ["requestId": 1])
        let withdrawal = try await client.next()
        #expect(withdrawal["method"] == "notifications/cancelled")
        #expect(withdrawal["params"]?["requestId"] == question["id"])
        client.send([
            "jsonrpc": "2.0", "id": question["id"] ?? 0, "result": ["action": "accept", "content": ["confirm": true]],
        ])
        try await client.expectSilence()
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("CANCEL-03 and CANCEL-04: a cancellation after the answer is harmless")
    func afterAnswer() async throws {
        let client = try await TestClient.handshake()
        _ = try await client.call("label")
        client.notify("notifications/cancelled", ["requestId": 1])
        try await client.expectSilence()
    }

    @Test("PROG-01: without a token there is no progress")
    func noToken() async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, context in
            #expect(context.progress == nil)
            return textResult("done").jsonBytes()
        }
        #expect(text(of: try await TestClient.handshake(plugins: plugins).call("custom")) == "done")
    }

    @Test(
        "PROG-02: progress carries the same token, rises, ends before the answer, first and last are kept",
        arguments: [0, "", "token", 7] as [JSONValue]
    )
    func progress(token: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, context in
            for done in [1.0, 2, 2, 1.5, 3, 4.5] { context.progress?(.init(done: done, total: 10, message: "m")) }
            return textResult("done").jsonBytes()
        }
        for version in Fixtures.handshakeVersions {
            let client = try await TestClient.handshake(version, plugins: plugins)
            client.post("tools/call", ["name": "custom", "_meta": ["progressToken": token]], id: 1)
            var seen: [Double] = []
            var message = try await client.next()
            while message["method"] == "notifications/progress" {
                #expect(message["params"]?["progressToken"] == token)
                #expect((message["params"]?["message"] != nil) == (version >= "2025-03-26"))
                seen.append(try #require(message["params"]?["progress"]?.doubleValue))
                message = try await client.next()
            }
            #expect(message["id"] == 1)
            #expect(seen.first == 1 && seen.last == 4.5)
            #expect(seen == seen.sorted() && Set(seen).count == seen.count)
        }
    }

    @Test("PROG-02: nothing is reported after the answer")
    func lateProgress() async throws {
        let plugins = FakePlugins()
        let (reports, kept) = AsyncStream<@Sendable () -> Void>.makeStream()
        plugins.on("custom") { _, context in
            kept.yield { context.progress?(.init(done: 1)) }
            return textResult("done").jsonBytes()
        }
        let client = try await TestClient.handshake(plugins: plugins)
        _ = try await client.call("custom", meta: ["progressToken": 1])
        for await report in reports.prefix(1) { report() }
        try await client.expectSilence()
    }

    @Test("ROBUST-08: other requests are answered while a tool runs")
    func slowTool() async throws {
        let plugins = FakePlugins()
        let gate = Gate()
        plugins.on("custom") { _, _ in
            _ = await gate.wait()
            return textResult("slow").jsonBytes()
        }
        plugins.on("label", answer: textResult("quick"))
        let client = try await TestClient.handshake(plugins: plugins)
        client.post("tools/call", ["name": "custom"], id: "slow")
        #expect(text(of: try await client.call("label")) == "quick")
        #expect(try await client.result("ping") == [:])
        gate.open()
        #expect(try await client.next()["id"] == "slow")
    }
}
