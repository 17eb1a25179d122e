// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import PluginManifest
import Testing

@testable import MCPServer

@Suite("What is offered changes while clients are served")
struct ChangeTests {
    @Test("TOOL-18: a changed policy changes what tools ask for, and the list is announced")
    func policy() async throws {
        let client = try await TestClient.handshake()
        func properties() async throws -> JSONObject? {
            let tools = try await client.result("tools/list")["tools"]?.arrayValue
            return tools?.first { $0["name"] == "label" }?["inputSchema"]?["properties"]?.objectValue
        }
        #expect(try await properties()?["confirm"] == nil)
        client.server.catalogDidChange(confirmation: .everyChange)
        #expect(try await client.next()["method"] == "notifications/tools/list_changed")
        #expect(try await properties()?["confirm"] != nil)
        // A later change of the catalogue alone keeps the policy.
        client.server.catalogDidChange()
        #expect(try await properties()?["confirm"] != nil)
        try await client.expectSilence()
    }

    @Test("A call that has begun ends in the state in which it began")
    func underWay() async throws {
        let catalog = ChangingCatalog()
        let plugins = FakePlugins()
        let client = try await TestClient.handshake("2025-11-25", catalog, plugins: plugins)
        let server = client.server
        plugins.on("custom") { _, _ in
            catalog.change { $0.tools.removeAll() }
            server.catalogDidChange()
            return textResult("done").jsonBytes()
        }
        client.post("tools/call", ["name": "custom"], id: 7)
        #expect(try await client.next()["method"] == "notifications/tools/list_changed")
        #expect(text(of: try await client.next()["result"] ?? .null) == "done")
    }

    @Test("A tool that is switched off while a person is asked does not run on their word")
    func consent() async throws {
        let catalog = ChangingCatalog()
        let client = try await TestClient.handshake("2025-11-25", capabilities: ["elicitation": [:]], catalog)
        client.post("tools/call", ["name": "delete", "arguments": ["what": "x"]], id: 7)
        let question = try await client.next()
        #expect(question["method"] == "elicitation/create")
        catalog.change { $0.tools.removeAll { $0.contribution.name == "delete" } }
        client.server.catalogDidChange()
        #expect(try await client.next()["method"] == "notifications/tools/list_changed")
        let answer: JSONValue = ["action": "accept", "content": ["confirm": true]]
        client.send(["jsonrpc": "2.0", "id": question["id"] ?? 0, "result": answer])
        let refused = try await client.next()["result"] ?? .null
        #expect(refused["isError"] == true && text(of: refused).hasPrefix("conflict"))
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("10,000 toggles under load lose no call")
    func toggles() async throws {
        let catalog = ChangingCatalog()
        let client = try await TestClient.handshake("2025-11-25", catalog)
        let server = client.server
        let removed = catalog.currentCatalog().tools.filter { $0.contribution.name == "label" }
        let toggling = Task.detached {
            for round in 0..<10_000 {
                catalog.change { catalog in
                    if round.isMultiple(of: 2) {
                        catalog.tools.removeAll { $0.contribution.name == "label" }
                    } else {
                        catalog.tools += removed
                    }
                }
                server.catalogDidChange()
                if round.isMultiple(of: 100) { await Task.yield() }
            }
        }
        let calls: Int64 = 2_000
        for id in 0..<calls {
            client.post("tools/call", ["name": "echo", "arguments": ["text": "x"]], id: .integer(1000 + id))
        }
        await toggling.value
        var answered: Set<Int64> = []
        var announced = 0
        while answered.count < Int(calls) || announced < 10_000 {
            let message = try await client.next()
            if let id = message["id"]?.integerValue {
                #expect(message["result"]?["isError"] != true)
                #expect(answered.insert(id).inserted)
            } else {
                announced += 1
            }
        }
        #expect(try await client.result("tools/list")["tools"]?.arrayValue?.contains { $0["name"] == "label" } == true)
    }
}
