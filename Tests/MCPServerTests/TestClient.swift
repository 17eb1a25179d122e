// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import MCPServer
import MCPTransport
import Testing

/// A client in memory: lines go straight into a connection, and each message that comes out is read as a tree.
final class TestClient {
    let server: MCPServer
    let plugins: FakePlugins
    let connection: Connection
    private let sink = InMemorySink()
    private var messages: AsyncStream<[UInt8]>.Iterator

    init(
        _ catalog: any CatalogSource = Fixtures.catalog,
        plugins: FakePlugins = Fixtures.plugins(),
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) {
        var configuration = ServerConfiguration(
            implementation: Implementation(
                name: "test-server",
                version: "1.2.3",
                title: "Test server",
                description: "For tests.",
                websiteURL: "https://example.org"
            )
        )
        configure(&configuration)
        self.plugins = plugins
        server = MCPServer(configuration: configuration, catalog: catalog, plugins: plugins)
        connection = server.connect(to: sink)
        messages = sink.messages.makeAsyncIterator()
    }

    /// A client that has shaken hands.
    static func handshake(
        _ version: String = "2025-11-25",
        capabilities: JSONValue = [:],
        _ catalog: any CatalogSource = Fixtures.catalog,
        plugins: FakePlugins = Fixtures.plugins(),
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> TestClient {
        let client = TestClient(catalog, plugins: plugins, configure: configure)
        let answer = try await client.request("initialize", initializeParams(version, capabilities), id: "init")
        try #require(answer["result"] != nil)
        client.send(["jsonrpc": "2.0", "method": "notifications/initialized"])
        return client
    }

    static func initializeParams(_ version: String, _ capabilities: JSONValue = [:]) -> JSONValue {
        [
            "protocolVersion": .string(version), "capabilities": capabilities,
            "clientInfo": ["name": "test", "version": "1"],
        ]
    }

    // MARK: Sending

    func send(text: String) {
        send(bytes: Array(text.utf8))
    }

    func send(bytes: [UInt8]) {
        bytes.withUnsafeBytes { connection.receive($0) }
        connection.flush()
    }

    func send(_ message: JSONValue) {
        send(bytes: message.jsonBytes())
    }

    func notify(_ method: String, _ params: JSONValue? = nil) {
        var message: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
        message["params"] = params
        send(.object(message))
    }

    func post(_ method: String, _ params: JSONValue? = nil, id: JSONValue) {
        var message: JSONObject = ["jsonrpc": "2.0", "id": id, "method": .string(method)]
        message["params"] = params
        send(.object(message))
    }

    // MARK: Receiving

    func nextBytes() async throws -> [UInt8] {
        try #require(await messages.next())
    }

    func next() async throws -> JSONValue {
        try JSONValue(json: try await nextBytes())
    }

    /// Sends a request and returns the next message, which has to be its answer.
    func request(_ method: String, _ params: JSONValue? = nil, id: JSONValue = 1) async throws -> JSONValue {
        post(method, params, id: id)
        let answer = try await next()
        try #require(answer["id"] == id, "\(answer.json())")
        #expect(answer["jsonrpc"] == "2.0")
        #expect((answer["result"] == nil) != (answer["error"] == nil))
        return answer
    }

    func result(_ method: String, _ params: JSONValue? = nil) async throws -> JSONValue {
        let answer = try await request(method, params)
        return try #require(answer["result"], "\(answer.json())")
    }

    func errorCode(_ method: String, _ params: JSONValue? = nil) async throws -> Int64? {
        try await request(method, params)["error"]?["code"]?.integerValue
    }

    /// Sends raw text and returns the code of the error it must lead to.
    func errorCode(text: String) async throws -> Int64? {
        send(text: text)
        return try await next()["error"]?["code"]?.integerValue
    }

    /// Calls a tool and returns its result.
    func call(_ tool: String, _ arguments: JSONValue? = nil, meta: JSONObject? = nil) async throws -> JSONValue {
        var params: JSONObject = ["name": .string(tool)]
        params["arguments"] = arguments
        params["_meta"] = meta.map(JSONValue.object)
        return try await result("tools/call", .object(params))
    }

    /// Fails unless everything sent so far has left nothing to be received: the answer to a new ping comes next.
    func expectSilence(_ comment: Comment? = nil) async throws {
        post("server/discover", modern(), id: "silence")
        #expect(try await next()["id"] == "silence", comment)
    }
}

/// Parameters with the context of a stateless request.
func modern(
    _ params: JSONObject = [:],
    capabilities: JSONValue = [:],
    meta: JSONObject = [:]
) -> JSONValue {
    var context: JSONObject = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": capabilities,
    ]
    for (key, value) in meta { context[key] = value }
    var params = params
    params["_meta"] = .object(context)
    return .object(params)
}

/// The text of a tool result's first block.
func text(of result: JSONValue) -> String {
    result["content"]?.arrayValue?.first?["text"]?.stringValue ?? ""
}
