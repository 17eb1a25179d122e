// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MCPServer
import MCPTransport
import MegaraptorErrors

/// A client of the server inside this process, with a session of its own over the protocol, like every other.
struct ToolSession: Sendable {
    private let connection: Connection
    private let sink: InMemorySink
    private let person: PersonAtTerminal

    init(_ server: MCPServer, _ person: PersonAtTerminal) {
        sink = InMemorySink()
        connection = server.connect(to: sink)
        self.person = person
    }

    /// The result of one call.
    func call(_ name: String, _ arguments: JSONValue) async -> Result<JSONValue, MegaraptorError> {
        send([
            "id": "start", "method": "initialize",
            "params": [
                "protocolVersion": .string(ProtocolVersion.latestHandshake.name),
                "capabilities": ["elicitation": [:]],
                "clientInfo": ["name": "megaraptor-mcp tools call", "version": .string(ProductVersion.text)],
            ],
        ])
        for await bytes in sink.messages {
            let message = Self.parsed(bytes)
            if message["id"] == "start" {
                send(["method": "notifications/initialized"])
                send([
                    "id": "call", "method": "tools/call", "params": ["name": .string(name), "arguments": arguments],
                ])
            } else if message["method"] == "elicitation/create", let id = message["id"] {
                send(["id": id, "result": person.answer(message["params"] ?? [:])])
            } else if message["id"] == "call" {
                return Self.outcome(message, name)
            }
        }
        return .failure(MegaraptorError(.internal, "The server has ended without an answer."))
    }

    private static func outcome(_ message: JSONValue, _ name: String) -> Result<JSONValue, MegaraptorError> {
        if let result = message["result"] { return .success(result) }
        let text = message["error"]?["message"]?.stringValue ?? "The server gave no reason"
        let hint = "megaraptor-mcp tools explain \(name) says whether it is off, and why."
        return .failure(MegaraptorError(.invalidArgument, text + ".", hint: hint))
    }

    private func send(_ message: JSONObject) {
        var message = message
        message["jsonrpc"] = "2.0"
        JSONValue.object(message).jsonBytes().withUnsafeBytes { connection.receive($0) }
        connection.flush()
    }

    private static func parsed(_ bytes: [UInt8]) -> JSONValue {
        do {
            return try JSONValue(json: bytes)
        } catch {
            return .null
        }
    }
}
