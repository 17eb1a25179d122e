// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPServer
import PluginManifest
import Testing

@Suite("Paging")
struct PagingTests {
    @Test(
        "PAGE-01: pages name every item once, in order, and the last has no cursor",
        arguments: ["tools", "resources", "resourceTemplates", "prompts"]
    )
    func allPages(list: String) async throws {
        var catalog = Catalog()
        let names = (0..<7).map { "item\($0)" }
        let plugin = "org.example.fake"
        for name in names {
            let uri = "test://\(name)"
            catalog.tools.append(Fixtures.tool(name))
            catalog.resources.append(.init(.init(uri: uri, name: name, description: ""), pluginID: plugin))
            catalog.resourceTemplates.append(
                .init(.init(uriTemplate: uri + "/{id}", name: name, description: ""), pluginID: plugin)
            )
            catalog.prompts.append(.init(.init(name: name, description: ""), pluginID: plugin))
        }
        let client = try await TestClient.handshake("2025-11-25", catalog) { $0.pageSize = 3 }
        let method = list == "resourceTemplates" ? "resources/templates/list" : "\(list)/list"
        var found: [String] = []
        var sizes: [Int] = []
        var params: JSONObject = [:]
        repeat {
            let page = try await client.result(method, .object(params))
            let items = try #require(page[list]?.arrayValue)
            found += items.compactMap { $0["name"]?.stringValue }
            sizes.append(items.count)
            params["cursor"] = page["nextCursor"]
            if let cursor = page["nextCursor"] { #expect(cursor.stringValue != nil) }
        } while params["cursor"] != nil
        #expect(found == names)
        #expect(sizes == [3, 3, 1])
    }

    @Test("PAGE-01: a cursor stays right when items come and go before it")
    func stableCursor() async throws {
        let catalog = ChangingCatalog(Catalog(tools: ["a", "b", "c", "d"].map { Fixtures.tool($0) }))
        let client = try await TestClient.handshake("2025-11-25", catalog) { $0.pageSize = 2 }
        let first = try await client.result("tools/list")
        catalog.change { $0.tools.removeFirst() }
        client.server.catalogDidChange()
        _ = try await client.next()
        let second = try await client.result("tools/list", ["cursor": first["nextCursor"] ?? ""])
        #expect(second["tools"]?.arrayValue?.map { $0["name"] } == ["c", "d"])
    }

    @Test(
        "PAGE-02 and PAGE-03: a cursor that was never given, or is no string, gets -32602",
        arguments: ["", "nonsense", "zz", "746f6f6c73", 5, .null, [:]] as [JSONValue]
    )
    func unknownCursor(cursor: JSONValue) async throws {
        let client = try await TestClient.handshake()
        for method in ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
            #expect(try await client.errorCode(method, ["cursor": cursor]) == -32602)
            #expect(try await client.errorCode(method, modern(["cursor": cursor])) == -32602)
        }
    }

    @Test("PAGE-02: the cursor of one list is none of another")
    func foreignCursor() async throws {
        let client = try await TestClient.handshake { $0.pageSize = 1 }
        let cursor = try #require(try await client.result("tools/list")["nextCursor"])
        #expect(try await client.errorCode("prompts/list", ["cursor": cursor]) == -32602)
    }
}
