// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import JSONValue
import MCPProtocol
import MCPServer
import MCPTransport
import MegaraptorErrors
import PluginManifest
import Synchronization

/// Plugins that give one answer to everything.
final class OneAnswer: PluginCaller {
    private let answer: Mutex<[UInt8]>

    init(_ answer: [UInt8]) { self.answer = Mutex(answer) }

    func call(
        plugin: String,
        method: String,
        params: JSONValue,
        context: PluginCallContext
    ) async throws(MegaraptorError) -> [UInt8] {
        context.progress?(.init(done: 1))
        return answer.withLock { $0 }
    }
}

/// A server with one of each kind, and a client in memory.
struct ServerUnderTest {
    let connection: Connection
    private let sink: BlockingSink

    static let catalog = Catalog(
        tools: [
            Catalog.Entry(
                ToolContribution(
                    name: "echo",
                    description: "Gives its text back.",
                    toolset: "fuzz",
                    inputSchema: [
                        "type": "object", "properties": ["text": ["type": "string", "pattern": "^(a|b)*c?$"]],
                    ],
                    outputSchema: ["type": "object", "properties": ["n": ["type": "integer"]]],
                    annotations: ToolAnnotations(readOnly: true, destructive: false)
                ),
                pluginID: "org.example.fuzz"
            ),
            Catalog.Entry(
                ToolContribution(
                    name: "delete",
                    description: "Deletes.",
                    toolset: "fuzz",
                    inputSchema: ["type": "object"]
                ),
                pluginID: "org.example.fuzz"
            ),
        ],
        resources: [
            Catalog.Entry(
                ResourceContribution(uri: "test://info", name: "info", description: "Information."),
                pluginID: "org.example.fuzz"
            )
        ],
        resourceTemplates: [
            Catalog.Entry(
                ResourceTemplateContribution(uriTemplate: "test://items/{id}", name: "item", description: "An item."),
                pluginID: "org.example.fuzz"
            )
        ],
        prompts: [
            Catalog.Entry(
                PromptContribution(
                    name: "greet",
                    description: "Greets.",
                    arguments: [PromptContribution.Argument(name: "who", description: "Whom.", pattern: "^[a-z]+$")],
                    body: "Hello {{who}}"
                ),
                pluginID: "org.example.fuzz"
            ), Catalog.Entry(PromptContribution(name: "coded", description: "Code."), pluginID: "org.example.fuzz"),
        ],
        callable: ["org.example.fuzz"]
    )

    init(answer: [UInt8]) {
        let configuration = ServerConfiguration(
            implementation: Implementation(name: "fuzz", version: "1", title: "Fuzz"),
            elicitationTimeout: .milliseconds(1)
        )
        sink = BlockingSink()
        let server = MCPServer(configuration: configuration, catalog: Self.catalog, plugins: OneAnswer(answer))
        connection = server.connect(to: sink)
    }

    func receive(_ line: [UInt8]) {
        line.withUnsafeBytes { connection.receive($0) }
        connection.flush()
    }

    /// Asks something harmless and waits for its answer: who still answers has not come to harm.
    ///
    /// - Returns: everything that was sent until then.
    func answers() throws -> [JSONValue] {
        receive(Array(#"{"jsonrpc":"2.0","id":"the last one","method":"no/such/method"}"#.utf8))
        return try sink.messages(until: "the last one").map { bytes in
            let message = try JSONValue(json: bytes)
            let parts = message.arrayValue ?? [message]
            guard parts.allSatisfy({ $0["jsonrpc"] == "2.0" }), !bytes.contains(UInt8(ascii: "\n")) else {
                throw BrokenPromise("no message of the protocol: \(String(decoding: bytes, as: UTF8.self))")
            }
            return message
        }
    }
}

/// Keeps messages until the one with an id has come.
final class BlockingSink: MessageSink {
    private let messages = Mutex<[[UInt8]]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func write(flush: Bool, _ build: (inout [UInt8]) -> Void) {
        messages.withLock { messages in
            var message: [UInt8] = []
            build(&message)
            messages.append(message)
        }
        arrived.signal()
    }

    func flush() {}

    func messages(until id: String) throws -> [[UInt8]] {
        let wanted = Array("\"id\":\"\(id)\"".utf8)
        while true {
            let known = messages.withLock { $0 }
            if known.contains(where: { $0.firstRange(of: wanted) != nil }) { return known }
            arrived.wait()
        }
    }
}
