// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPServer
import Testing

@Suite("Handshake lifecycle")
struct LifecycleTests {
    @Test("LIFE-01: a supported version comes back", arguments: Fixtures.handshakeVersions)
    func supported(version: String) async throws {
        let result = try await TestClient().result("initialize", TestClient.initializeParams(version))
        #expect(result["protocolVersion"]?.stringValue == version)
    }

    @Test(
        "LIFE-02 and LIFE-03: any other version gets the latest one with a handshake",
        arguments: ["1999-01-01", "2026-07-28", "2027-01-01", ""]
    )
    func unsupported(version: String) async throws {
        let result = try await TestClient().result("initialize", TestClient.initializeParams(version))
        #expect(result["protocolVersion"] == "2025-11-25")
    }

    @Test("LIFE-04: the result names the server as far as the version knows how", arguments: Fixtures.handshakeVersions)
    func serverInfo(version: String) async throws {
        let result = try await TestClient().result("initialize", TestClient.initializeParams(version))
        var expected: Set = ["name", "version"]
        if version >= "2025-06-18" { expected.insert("title") }
        if version >= "2025-11-25" { expected.formUnion(["description", "websiteUrl"]) }
        #expect(Set(result["serverInfo"]?.objectValue?.keys ?? []) == expected)
        #expect(result["instructions"] == "Be careful.")
        #expect((result["capabilities"]?["completions"] != nil) == (version >= "2025-03-26"))
    }

    @Test(
        "LIFE-05: missing or ill-typed parameters get -32602, and a right initialize may follow",
        arguments: [
            nil, [:], ["protocolVersion": "2025-11-25"],
            ["protocolVersion": 5, "capabilities": [:], "clientInfo": ["name": "a", "version": "1"]],
            ["protocolVersion": "2025-11-25", "capabilities": [], "clientInfo": ["name": "a", "version": "1"]],
            ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "a"]],
            ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": "a"],
        ] as [JSONValue?]
    )
    func badParameters(params: JSONValue?) async throws {
        let client = TestClient()
        #expect(try await client.errorCode("initialize", params) == -32602)
        #expect(try await client.request("initialize", TestClient.initializeParams("2025-11-25"))["result"] != nil)
    }

    @Test("LIFE-06: ping is answered before initialize")
    func earlyPing() async throws {
        #expect(try await TestClient().result("ping") == [:])
    }

    @Test("LIFE-07: any other bare request before initialize is refused with both ways out")
    func earlyRequests() async throws {
        let client = TestClient()
        for method in ["tools/list", "tools/call", "server/discover", "unknown"] {
            let error = try await client.request(method)["error"]
            #expect(error?["code"] == -32602)
            let message = try #require(error?["message"]?.stringValue)
            #expect(message.contains("initialize") && message.contains("io.modelcontextprotocol/protocolVersion"))
        }
    }

    @Test("LIFE-08: requests are served before notifications/initialized")
    func racingClient() async throws {
        let client = TestClient()
        _ = try await client.result("initialize", TestClient.initializeParams("2025-11-25"))
        #expect(try await client.result("tools/list")["tools"] != nil)
    }

    @Test("LIFE-09: a second initialize is refused and harms nothing")
    func secondInitialize() async throws {
        let client = try await TestClient.handshake("2025-03-26")
        #expect(try await client.errorCode("initialize", TestClient.initializeParams("2025-11-25")) == -32600)
        #expect(try await client.result("tools/list")["tools"]?.arrayValue?.first?["title"] == nil)
    }

    @Test("LIFE-10: nothing is asked of a client before notifications/initialized")
    func noEarlyQuestions() async throws {
        let client = TestClient()
        let params = TestClient.initializeParams("2025-11-25", ["elicitation": [:]])
        _ = try await client.result("initialize", params)
        #expect(try await client.call("delete")["isError"] == true)
    }

    @Test(
        "LIFE-11, LOG-04 and TOOL-01: what is declared works, what is not is -32601",
        arguments: Fixtures.handshakeVersions
    )
    func capabilitiesHold(version: String) async throws {
        let client = TestClient()
        let result = try await client.result("initialize", TestClient.initializeParams(version))
        let declared = try #require(result["capabilities"]?.objectValue)
        #expect(declared["logging"] == nil && declared["tasks"] == nil)
        for method in ["tools/list", "resources/list", "resources/templates/list", "prompts/list"] {
            _ = try await client.result(method)
        }
        #expect(declared["resources"] == ["subscribe": true, "listChanged": true])
        _ = try await client.result("resources/subscribe", ["uri": "test://info"])
        #expect(try await client.errorCode("logging/setLevel", ["level": "info"]) == -32601)
        #expect(try await client.errorCode("tasks/list") == -32601)
    }

    @Test("LIFE-12: the negotiated version governs the session")
    func versionGoverns() async throws {
        let old = try await TestClient.handshake("2024-11-05")
        #expect(try await old.result("tools/list")["tools"]?.arrayValue?.first?["annotations"] == nil)
        let new = try await TestClient.handshake("2025-11-25")
        #expect(try await new.result("tools/list")["tools"]?.arrayValue?.first?["annotations"] != nil)
    }

    @Test("LIFE-13: a cancellation of initialize is ignored")
    func cancelInitialize() async throws {
        let client = try await TestClient.handshake()
        client.notify("notifications/cancelled", ["requestId": "init"])
        #expect(try await client.result("ping") == [:])
    }

    @Test("LIFE-14: a question that nobody answers ends with notifications/cancelled and an error")
    func questionTimesOut() async throws {
        let client = try await TestClient.handshake(capabilities: ["elicitation": [:]]) {
            $0.elicitationTimeout = .milliseconds(5)
        }
        client.post("tools/call", ["name": "delete"], id: 1)
        let question = try await client.next()
        #expect(question["method"] == "elicitation/create")
        let cancellation = try await client.next()
        #expect(cancellation["method"] == "notifications/cancelled")
        #expect(cancellation["params"]?["requestId"] == question["id"])
        let result = try await client.next()["result"]
        #expect(result?["isError"] == true)
        #expect(client.plugins.calls.isEmpty)
    }

    @Test("PING-01: ping is answered with an empty object", arguments: Fixtures.handshakeVersions)
    func ping(version: String) async throws {
        #expect(try await TestClient.handshake(version).result("ping") == [:])
    }
}
