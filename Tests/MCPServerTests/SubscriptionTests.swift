// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import Testing

@testable import MCPServer

@Suite("Subscriptions of the stateless era")
struct SubscriptionTests {
    private static let key = "io.modelcontextprotocol/subscriptionId"

    private func listen(_ client: TestClient, _ filter: JSONValue, id: JSONValue) async throws -> JSONValue {
        client.post("subscriptions/listen", modern(["notifications": filter]), id: id)
        return try await client.next()
    }

    @Test(
        "SUB-01: the first message acknowledges what is honoured, under the request's id",
        arguments: [5, "s"] as [JSONValue]
    )
    func acknowledged(id: JSONValue) async throws {
        let filter: JSONValue = [
            "toolsListChanged": true, "promptsListChanged": false, "unheardOf": true,
            "resourceSubscriptions": ["test://info", "test://none"],
        ]
        let message = try await listen(TestClient(), filter, id: id)
        #expect(message["method"] == "notifications/subscriptions/acknowledged")
        #expect(message["id"] == nil)
        #expect(message["params"]?["_meta"]?[Self.key] == id)
        #expect(
            message["params"]?["notifications"] == [
                "toolsListChanged": true, "resourceSubscriptions": ["test://info"],
            ]
        )
    }

    @Test("SUB-02 and SUB-05: each subscription gets what it asked for, with its id, until it is cancelled")
    func several() async throws {
        let catalog = ChangingCatalog()
        let client = TestClient(catalog)
        _ = try await listen(client, ["toolsListChanged": true], id: 1)
        _ = try await listen(client, ["promptsListChanged": true, "resourceSubscriptions": ["test://info"]], id: 2)
        catalog.change { $0.tools.removeLast() }
        client.server.catalogDidChange()
        let tools = try await client.next()
        #expect(tools["method"] == "notifications/tools/list_changed" && tools["params"]?["_meta"]?[Self.key] == 1)
        client.server.resourceDidChange(uri: "test://info")
        let update = try await client.next()
        #expect(update["params"]?["uri"] == "test://info" && update["params"]?["_meta"]?[Self.key] == 2)
        client.notify("notifications/cancelled", ["requestId": 2])
        client.server.resourceDidChange(uri: "test://info")
        try await client.expectSilence()
    }

    @Test("TOOL-18: without a subscription a stateless client hears nothing")
    func unasked() async throws {
        let catalog = ChangingCatalog()
        let client = TestClient(catalog)
        catalog.change { $0.tools.removeLast() }
        client.server.catalogDidChange()
        try await client.expectSilence()
    }

    @Test(
        "SUB-03: a malformed filter gets -32602",
        arguments: [
            [:], ["notifications": []], ["notifications": ["toolsListChanged": 1]],
            ["notifications": ["resourceSubscriptions": "test://info"]],
            ["notifications": ["resourceSubscriptions": [5]]],
        ] as [JSONObject]
    )
    func malformed(params: JSONObject) async throws {
        #expect(try await TestClient().errorCode("subscriptions/listen", modern(params)) == -32602)
    }

    @Test("SUB-04 and CANCEL-03: when the server ends one it says so and then answers the request")
    func endedByServer() async throws {
        let client = TestClient()
        _ = try await listen(client, ["toolsListChanged": true], id: 9)
        client.connection.endAllSubscriptions(byClient: false)
        let cancellation = try await client.next()
        #expect(cancellation["method"] == "notifications/cancelled" && cancellation["params"]?["requestId"] == 9)
        let answer = try await client.next()
        #expect(answer["id"] == 9 && answer["result"]?["resultType"] == "complete")
        #expect(answer["result"]?["_meta"]?[Self.key] == 9)
    }

    @Test("SUB-04: at the end of the client's input the request is answered without further ado")
    func endedByClient() async throws {
        let client = TestClient()
        _ = try await listen(client, ["toolsListChanged": true], id: 9)
        client.connection.endAllSubscriptions(byClient: true)
        #expect(try await client.next()["id"] == 9)
    }
}
