// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import MegaraptorErrors
import Testing

@Suite("Resources")
struct ResourceTests {
    @Test("RES-01 and RES-03: resources and templates are listed with address and name")
    func listing() async throws {
        let client = try await TestClient.handshake()
        let resource: JSONValue = [
            "uri": "test://info", "name": "info", "title": "Info", "description": "Information.",
            "mimeType": "text/plain",
        ]
        #expect(try await client.result("resources/list") == ["resources": [resource]])
        let template: JSONValue = [
            "uriTemplate": "test://items/{id}", "name": "item", "title": "Item", "description": "One item.",
        ]
        #expect(try await client.result("resources/templates/list") == ["resourceTemplates": [template]])
    }

    @Test(
        "RES-10: a resource that does not exist is -32002 in a session and -32602 without one",
        arguments: ["test://none", "test://items/", "test://items/a/b", "test://items/../info"]
    )
    func notFound(uri: String) async throws {
        let client = try await TestClient.handshake()
        let error = try await client.request("resources/read", ["uri": .string(uri)])["error"]
        #expect(error?["code"] == -32002)
        #expect(error?["data"] == ["uri": .string(uri)])
        #expect(try await client.errorCode("resources/read", modern(["uri": .string(uri)])) == -32602)
    }

    @Test("RES-10: a plugin's not_found gets the same codes, and empty contents are its fault")
    func notFoundByPlugin() async throws {
        let plugins = FakePlugins()
        plugins.on("test://items/1") { _, _ throws(MegaraptorError) in throw MegaraptorError(.notFound, "Gone.") }
        plugins.on("test://items/2", answer: ["contents": []])
        let client = try await TestClient.handshake(plugins: plugins)
        let error = try await client.request("resources/read", ["uri": "test://items/1"])["error"]
        #expect(error?["code"] == -32002 && error?["data"]?["uri"] == "test://items/1")
        #expect(try await client.errorCode("resources/read", modern(["uri": "test://items/1"])) == -32602)
        #expect(try await client.errorCode("resources/read", modern(["uri": "test://items/2"])) == -32603)
    }

    @Test(
        "RES-11, RES-14 and RES-15: an address that is missing or no URI gets -32602",
        arguments: [.null, 5, "", "info", "../info", "1x:y", "test://a b", "test://\u{e9}", "test://a\n"] as [JSONValue]
    )
    func badAddress(uri: JSONValue) async throws {
        let client = try await TestClient.handshake()
        #expect(try await client.errorCode("resources/read", ["uri": uri]) == -32602)
        #expect(try await client.errorCode("resources/read") == -32602)
    }

    @Test("RES-12: contents come with address and exactly one of text and blob")
    func reading() async throws {
        let client = try await TestClient.handshake()
        let expected: JSONValue = ["contents": [["uri": "test://items/5", "text": "content"]]]
        #expect(try await client.result("resources/read", ["uri": "test://items/5"]) == expected)
        let calls = client.plugins.calls
        #expect(calls.map(\.params) == [["uri": "test://items/5"]])
    }

    @Test(
        "RES-12: contents of another shape are the plugin's fault and get a bare -32603",
        arguments: [
            [:], ["contents": [["text": "x"]]], ["contents": [["uri": "test://info"]]],
            ["contents": [["uri": "test://info", "text": "x", "blob": "AA"]]], ["contents": ["x"]],
        ] as [JSONValue]
    )
    func brokenContents(answer: JSONValue) async throws {
        let plugins = FakePlugins()
        plugins.on("test://info", answer: answer)
        let client = try await TestClient.handshake(plugins: plugins)
        let error = try await client.request("resources/read", ["uri": "test://info"])["error"]
        #expect(error == ["code": -32603, "message": "Internal error"])
    }

    @Test("JSONRPC-19: an unexpected failure is a bare -32603 and its detail goes to the operator")
    func internalDetail() async throws {
        let plugins = FakePlugins()
        plugins.on("test://info") { _, _ throws(MegaraptorError) in
            throw MegaraptorError(.internal, "segment 0x1234 of /opt/secret")
        }
        let lines = Lines()
        let client = try await TestClient.handshake(plugins: plugins) { $0.log = { lines.add($0) } }
        let error = try await client.request("resources/read", ["uri": "test://info"])["error"]
        #expect(error == ["code": -32603, "message": "Internal error"])
        #expect(lines.all.contains { $0.contains("segment 0x1234") })
    }

    @Test("RES-13: updates go to those who subscribed, until they unsubscribe")
    func subscribing() async throws {
        let client = try await TestClient.handshake()
        client.server.resourceDidChange(uri: "test://info")
        try await client.expectSilence()
        #expect(try await client.result("resources/subscribe", ["uri": "test://info"]) == [:])
        client.server.resourceDidChange(uri: "test://items/1")
        client.server.resourceDidChange(uri: "test://info")
        let news = try await client.next()
        #expect(news["method"] == "notifications/resources/updated")
        #expect(news["params"] == ["uri": "test://info"])
        #expect(try await client.result("resources/unsubscribe", ["uri": "test://info"]) == [:])
        client.server.resourceDidChange(uri: "test://info")
        try await client.expectSilence()
        #expect(try await client.errorCode("resources/subscribe", ["uri": "test://none"]) == -32002)
    }

    @Test(
        "RES-16 and TOOL-18: a session hears of changed lists unasked, and only of those",
        arguments: ["tools", "resources", "prompts"]
    )
    func listChanged(list: String) async throws {
        let catalog = ChangingCatalog()
        let client = try await TestClient.handshake("2025-11-25", catalog)
        client.server.catalogDidChange()
        try await client.expectSilence("nothing has changed")
        catalog.change { catalog in
            switch list {
            case "tools": catalog.tools.removeLast()
            case "resources": catalog.resourceTemplates.removeLast()
            default: catalog.prompts.removeLast()
            }
        }
        client.server.catalogDidChange()
        #expect(try await client.next() == ["jsonrpc": "2.0", "method": .string("notifications/\(list)/list_changed")])
        try await client.expectSilence()
    }
}
