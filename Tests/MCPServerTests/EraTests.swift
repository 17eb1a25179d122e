// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import PluginManifest
import Testing

@Suite("Both eras on one connection")
struct EraTests {
    @Test("ERA-01: a stateless request is served as the very first message")
    func firstMessage() async throws {
        #expect(try await TestClient().result("tools/list", modern())["resultType"] == "complete")
    }

    @Test("ERA-02: a probe and then initialize works")
    func probeThenInitialize() async throws {
        let client = TestClient()
        _ = try await client.result("server/discover", modern())
        let result = try await client.result("initialize", TestClient.initializeParams("2025-06-18"))
        #expect(result["protocolVersion"] == "2025-06-18")
    }

    @Test(
        "ERA-03: methods that are gone are -32601 in a stateless request",
        arguments: [
            "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "tasks/list", "tasks/result",
            "initialize",
        ]
    )
    func goneMethods(method: String) async throws {
        #expect(try await TestClient().errorCode(method, modern(["uri": "test://info"])) == -32601)
    }

    @Test("ERA-04: stateless methods are -32601 in a session", arguments: ["server/discover", "subscriptions/listen"])
    func statelessMethodsInSession(method: String) async throws {
        #expect(try await TestClient.handshake().errorCode(method, ["notifications": [:]]) == -32601)
    }

    @Test("ERA-05 and ERA-06: in a session each request is answered in its own era")
    func mixedRequests() async throws {
        let client = try await TestClient.handshake("2025-06-18")
        let bare = try await client.result("tools/list")
        #expect(bare["resultType"] == nil && bare["ttlMs"] == nil && bare["cacheScope"] == nil && bare["_meta"] == nil)
        #expect(try await client.result("tools/list", modern())["resultType"] == "complete")
        #expect(try await client.errorCode("resources/read", ["uri": "test://none"]) == -32002)
        #expect(try await client.errorCode("resources/read", modern(["uri": "test://none"])) == -32602)
    }

    @Test("ERA-06: no result of a session carries a field of the stateless era", arguments: Fixtures.handshakeVersions)
    func cleanResults(version: String) async throws {
        let client = try await TestClient.handshake(version)
        let results = [
            try await client.result("resources/read", ["uri": "test://info"]),
            try await client.result("prompts/get", ["name": "coded"]), try await client.call("label"),
            try await client.result("prompts/list"),
        ]
        for result in results {
            let keys = Set(result.objectValue?.keys ?? [])
            #expect(keys.isDisjoint(with: ["resultType", "ttlMs", "cacheScope", "_meta"]))
        }
    }

    @Test(
        "ERA-07 and TOOL-07: items carry no fields of later versions, and neither icons nor tasks",
        arguments: Fixtures.handshakeVersions
    )
    func itemFields(version: String) async throws {
        let client = try await TestClient.handshake(version)
        let tools = try await client.result("tools/list")["tools"]?.arrayValue ?? []
        let hasTitles = version >= "2025-06-18"
        for tool in tools {
            #expect((tool["title"] != nil) == hasTitles)
            #expect((tool["annotations"] != nil) == (version >= "2025-03-26"))
            #expect((tool["annotations"]?["title"] != nil) == (version == "2025-03-26"))
            #expect(tool["execution"] == nil && tool["icons"] == nil)
        }
        #expect(tools.contains { $0["outputSchema"] != nil } == hasTitles)
        for (method, list) in [
            ("resources/list", "resources"), ("resources/templates/list", "resourceTemplates"),
            ("prompts/list", "prompts"),
        ] {
            let item = try await client.result(method)[list]?.arrayValue?.first
            #expect((item?["title"] != nil) == hasTitles, "\(method)")
        }
    }

    @Test("ERA-08: lists name the same items in every version")
    func sameItems() async throws {
        let expected = Fixtures.catalog.tools.map { JSONValue.string($0.contribution.name) }
        for version in Fixtures.handshakeVersions {
            let tools = try await TestClient.handshake(version).result("tools/list")["tools"]
            #expect(tools?.arrayValue?.compactMap { $0["name"] } == expected)
        }
        let tools = try await TestClient().result("tools/list", modern())["tools"]
        #expect(tools?.arrayValue?.compactMap { $0["name"] } == expected)
    }

    @Test("ERA-10: stray notifications of the handshake era are ignored")
    func strayNotifications() async throws {
        let client = TestClient()
        client.notify("notifications/initialized")
        client.notify("notifications/roots/list_changed")
        try await client.expectSilence()
    }

    @Test("JSONRPC-16: a stateless client sees no code of the handshake era")
    func codes() async throws {
        let client = TestClient()
        let plugins: [(String, JSONObject)] = [
            ("tools/call", ["name": "none"]), ("resources/read", ["uri": "test://none"]),
            ("prompts/get", ["name": "x"]),
            ("tools/list", ["cursor": "x"]), ("subscriptions/listen", [:]), ("nothing", [:]),
        ]
        for (method, params) in plugins {
            let code = try #require(try await client.errorCode(method, modern(params)))
            #expect([-32602, -32601].contains(code), "\(method)")
        }
    }
}
