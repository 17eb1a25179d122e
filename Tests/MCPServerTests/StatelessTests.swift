// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPServer
import Testing

@Suite("Stateless era")
struct StatelessTests {
    private static let version = "io.modelcontextprotocol/protocolVersion"
    private static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    private static let clientInfo = "io.modelcontextprotocol/clientInfo"

    @Test("META-01: a request without params or _meta gets -32602", arguments: ["server/discover", "tools/list"])
    func noMeta(method: String) async throws {
        #expect(try await TestClient().errorCode(method) == -32602)
        #expect(try await TestClient().errorCode(method, [:]) == -32602)
        #expect(try await TestClient().errorCode(method, ["_meta": [:]]) == -32602)
    }

    @Test("META-02 and META-03: version and capabilities are required")
    func requiredFields() async throws {
        let client = TestClient()
        #expect(try await client.errorCode("tools/list", ["_meta": [Self.capabilities: [:]]]) == -32602)
        #expect(try await client.errorCode("tools/list", ["_meta": [Self.version: "2026-07-28"]]) == -32602)
    }

    @Test("META-04 and META-09: client info is not demanded, unknown keys and traces are accepted")
    func acceptedMeta() async throws {
        let meta: JSONObject = [
            "com.example/thing": [1], "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "io.modelcontextprotocol/unheardOf": true,
        ]
        let params = modern(capabilities: ["futureThing": [:], "experimental": ["x": [:]]], meta: meta)
        #expect(try await TestClient().result("tools/list", params)["tools"] != nil)
    }

    @Test(
        "META-05: ill-typed fields get -32602",
        arguments: [
            ["progressToken": JSONValue(1.5)], ["progressToken": [:]], [clientInfo: "me"], [clientInfo: ["name": "me"]],
            [capabilities: []], [capabilities: ["elicitation": 5]], [capabilities: ["extensions": []]],
            [version: 20_260_728],
        ] as [JSONObject]
    )
    func illTyped(meta: JSONObject) async throws {
        #expect(try await TestClient().errorCode("tools/list", modern(meta: meta)) == -32602)
        #expect(try await TestClient().errorCode("tools/list", ["_meta": 5]) == -32602)
    }

    @Test(
        "META-06: a version not served this way gets -32022 with what is",
        arguments: ["2025-11-25", "1900-01-01", ""],
        ["server/discover", "tools/list", "initialize", "unknown"]
    )
    func unsupportedVersion(requested: String, method: String) async throws {
        let params = modern(meta: [Self.version: .string(requested)])
        let error = try await TestClient().request(method, params)["error"]
        #expect(error?["code"] == -32022)
        #expect(error?["data"] == ["supported": ["2026-07-28"], "requested": .string(requested)])
    }

    @Test("META-07: nothing is remembered from one request to the next")
    func nothingRemembered() async throws {
        let client = TestClient()
        _ = try await client.result("tools/list", modern(capabilities: ["elicitation": [:]]))
        #expect(try await client.errorCode("tools/list") == -32602)
        let result = try await client.result("tools/call", modern(["name": "delete"]))
        #expect(result["resultType"] == "complete", "the capability of the earlier request must not count")
    }

    @Test("META-08 and META-10: every result has a type and names the server")
    func everyResult() async throws {
        let client = TestClient()
        let requests: [(String, JSONObject)] = [
            ("server/discover", [:]), ("tools/list", [:]), ("resources/list", [:]), ("resources/templates/list", [:]),
            ("prompts/list", [:]), ("tools/call", ["name": "echo", "arguments": ["text": "x"]]),
            ("tools/call", ["name": "echo"]), ("resources/read", ["uri": "test://info"]),
            ("prompts/get", ["name": "greet", "arguments": ["who": "x"]]), ("prompts/get", ["name": "coded"]),
            (
                "completion/complete",
                ["ref": ["type": "ref/prompt", "name": "greet"], "argument": ["name": "who", "value": ""]]
            ),
        ]
        for (method, params) in requests {
            let result = try await client.result(method, modern(params))
            #expect(result["resultType"] == "complete", "\(method)")
            let info = result["_meta"]?["io.modelcontextprotocol/serverInfo"]
            #expect(info?["name"] == "test-server" && info?["version"] == "1.2.3", "\(method)")
        }
    }

    @Test("META-11: a plugin's question to a client that cannot be asked gets -32021 with an object")
    func missingCapability() async throws {
        let plugins = FakePlugins()
        plugins.on("custom", answer: Questions.inputRequired)
        let error = try await TestClient(plugins: plugins).request("tools/call", modern(["name": "custom"]))["error"]
        #expect(error?["code"] == -32021)
        #expect(error?["data"] == ["requiredCapabilities": ["elicitation": [:]]])
    }

    @Test("META-13: lists are the same for every client and after any call")
    func listsDoNotVary() async throws {
        let client = TestClient()
        let first = try await client.result("tools/list", modern())
        _ = try await client.result("tools/call", modern(["name": "label"]))
        let second = try await client.result("tools/list", modern(capabilities: ["elicitation": [:]]))
        #expect(first == second)
    }

    @Test("META-14: context comes before version, version before method, method before parameters")
    func orderOfChecks() async throws {
        let client = TestClient()
        let noCapabilities: JSONValue = ["_meta": [Self.version: "1900-01-01"]]
        #expect(try await client.errorCode("unknown", noCapabilities) == -32602)
        #expect(try await client.errorCode("unknown", modern(meta: [Self.version: "1900-01-01"])) == -32022)
        #expect(try await client.errorCode("unknown", modern(["cursor": 5])) == -32601)
        #expect(try await client.errorCode("tools/list", modern(["cursor": 5])) == -32602)
    }

    @Test("DISC-01 and DISC-02: server/discover needs nothing before it and lists stateless versions")
    func discover() async throws {
        let result = try await TestClient().result("server/discover", modern())
        #expect(result["supportedVersions"] == ["2026-07-28"])
        #expect(result["instructions"] == "Be careful.")
        #expect(result["serverInfo"] == nil)
        #expect(result["ttlMs"]?.integerValue != nil && result["cacheScope"] == "private")
    }

    @Test("DISC-03 and EXT-01: what is declared is served, and no extension is declared")
    func discoveredCapabilities() async throws {
        let client = TestClient()
        let capabilities = try await client.result("server/discover", modern())["capabilities"]
        #expect(Set(capabilities?.objectValue?.keys ?? []) == ["tools", "resources", "prompts", "completions"])
        let extended = modern(["name": "label"], capabilities: ["extensions": ["io.modelcontextprotocol/tasks": [:]]])
        #expect(try await client.result("tools/call", extended)["resultType"] == "complete")
    }

    @Test(
        "CACHE-01 and CACHE-02: cache hints stand on the six methods, private and the same on all pages",
        arguments: ["server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list"]
    )
    func cacheHints(method: String) async throws {
        let client = TestClient { $0.pageSize = 2 }
        var params: JSONObject = [:]
        repeat {
            let page = try await client.result(method, modern(params))
            #expect(page["ttlMs"] == 0)
            #expect(page["cacheScope"] == "private")
            params["cursor"] = page["nextCursor"]
        } while params["cursor"] != nil
    }

    @Test("CACHE-01 and CACHE-03: a resource is private, and calls carry no hints")
    func cacheHintsOfReads() async throws {
        let client = TestClient()
        let read = try await client.result("resources/read", modern(["uri": "test://info"]))
        #expect(read["ttlMs"] == 0 && read["cacheScope"] == "private")
        let call = try await client.result("tools/call", modern(["name": "label"]))
        #expect(call["ttlMs"] == nil && call["cacheScope"] == nil)
    }

    @Test("LOG-01 and LOG-02: a known log level is accepted and leads to no log messages")
    func logLevel() async throws {
        let params = modern(["name": "label"], meta: ["io.modelcontextprotocol/logLevel": "debug"])
        let client = TestClient()
        #expect(try await client.request("tools/call", params)["result"] != nil)
    }

    @Test("LOG-03: an unknown log level gets -32602", arguments: ["loud", 3] as [JSONValue])
    func unknownLogLevel(level: JSONValue) async throws {
        let params = modern(meta: ["io.modelcontextprotocol/logLevel": level])
        #expect(try await TestClient().errorCode("tools/list", params) == -32602)
    }

    @Test("META-12: the server's own keys in _meta follow the grammar")
    func ownMetaKeys() async throws {
        let client = TestClient()
        let listening = modern(["notifications": ["toolsListChanged": true]])
        client.post("subscriptions/listen", listening, id: 1)
        let messages = [try await client.next()["params"], try await client.result("tools/list", modern())]
        for message in messages {
            let keys = try #require(message?["_meta"]?.objectValue?.keys)
            #expect(!keys.isEmpty)
            for key in keys { #expect(key.wholeMatch(of: /io\.modelcontextprotocol\/[a-z][A-Za-z]*/) != nil) }
        }
    }
}
