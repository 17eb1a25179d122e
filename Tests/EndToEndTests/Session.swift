// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors

/// A client's session with `megaraptor-mcp serve` over real stdio.
actor Session {
    nonisolated let process: LineProcess
    private var nextID: Int64 = 1
    private var early: [Int64: JSONValue] = [:]
    private(set) var notifications: [JSONValue] = []

    init(_ arguments: [String], environment: [String: String] = [:], readsErrors: Bool = true) throws {
        process = try LineProcess(
            Products.host,
            ["serve"] + arguments,
            environment: environment,
            readsErrors: readsErrors
        )
    }

    /// A session with a server that was started in another way.
    init(_ process: LineProcess) {
        self.process = process
    }

    /// A session with the fixture plugins.
    static func withFixtures(_ arguments: [String] = []) throws -> Session {
        try Session(["--plugin-dir", Products.fixtureManifests] + arguments)
    }

    func initialize(_ version: String = "2025-11-25", capabilities: JSONValue = [:]) async throws -> JSONValue {
        let answer = try await request(
            "initialize",
            [
                "protocolVersion": .string(version), "capabilities": capabilities,
                "clientInfo": ["name": "test", "version": "1"],
            ]
        )
        try notify("notifications/initialized")
        return answer
    }

    func send(_ method: String, _ params: JSONValue = [:]) throws -> Int64 {
        let id = nextID
        nextID += 1
        let message: JSONValue = ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": params]
        try process.write(message.json())
        return id
    }

    func notify(_ method: String, _ params: JSONValue = [:]) throws {
        try process.write(
            JSONValue.object(["jsonrpc": "2.0", "method": .string(method), "params": params]).json()
        )
    }

    /// The whole response to a request, whatever else arrives before it.
    func response(to id: Int64) async throws -> JSONValue {
        if let answer = early.removeValue(forKey: id) { return answer }
        while let line = await process.nextLine() {
            let message = try JSONValue(json: line)
            guard message["method"] == nil, let answered = message["id"]?.integerValue else {
                notifications.append(message)
                continue
            }
            if answered == id { return message }
            early[answered] = message
        }
        throw MegaraptorError(.unavailable, "the server ended: \(process.standardError)")
    }

    /// Waits until so many notifications of a method have come, and gives all of them.
    func notifications(_ method: String, atLeast count: Int) async throws -> [JSONValue] {
        func known() -> [JSONValue] { notifications.filter { $0["method"] == .string(method) } }
        while known().count < count {
            guard let line = await process.nextLine() else {
                throw MegaraptorError(.unavailable, "the server ended: \(process.standardError)")
            }
            let message = try JSONValue(json: line)
            if message["method"] == nil, let answered = message["id"]?.integerValue {
                early[answered] = message
            } else {
                notifications.append(message)
            }
        }
        return known()
    }

    /// The result of a request; an error response is thrown.
    func request(_ method: String, _ params: JSONValue = [:]) async throws -> JSONValue {
        let answer = try await response(to: try send(method, params))
        guard let result = answer["result"] else {
            throw MegaraptorError(.internal, "\(method): \(answer["error"]?.json() ?? answer.json())")
        }
        return result
    }

    func call(_ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await request("tools/call", ["name": .string(tool), "arguments": arguments])
    }
}

extension JSONValue {
    /// The text of all text blocks of a tool's result.
    var text: String {
        (self["content"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    }
}
