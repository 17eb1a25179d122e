// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

/// The assistant's side of a session over stdio, printed as it goes.
struct DemoSession: ~Copyable {
    private var server: ChildProcess
    private var nextID: Int64 = 1
    private(set) var notes = DemoNotes()

    /// How often a call is repeated while its answer is not final yet, and how long the pauses are.
    private static let attempts = 200
    private static let pause: UInt32 = 100_000

    init(program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        server = try ChildProcess(program, ["serve"] + arguments, environment: environment, quiet: true)
    }

    mutating func open(_ title: String, listsTools: Bool = true) throws {
        Transcript.title(title)
        let started = ContinuousClock.now
        let result = try request(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": ["elicitation": [:]],
                "clientInfo": ["name": "demo-assistant", "version": "1"],
            ]
        )
        let elapsed = ContinuousClock.now - started
        try server.write(line: JSONValue.object(["jsonrpc": "2.0", "method": "notifications/initialized"]).jsonBytes())
        let name = result["serverInfo"]?["name"]?.stringValue ?? "?"
        let version = result["protocolVersion"]?.stringValue ?? "?"
        Transcript.note("\(name) speaks MCP \(version); process start to first answer took \(Transcript.show(elapsed))")
        guard listsTools else { return }
        let tools = try request("tools/list", [:])["tools"]?.arrayValue ?? []
        Transcript.note("it offers: \(tools.compactMap { $0["name"]?.stringValue }.joined(separator: ", "))")
    }

    mutating func perform(_ step: DemoStep) throws {
        let params = notes.filled(step.params)
        Transcript.question(step.question, call: DemoStep.call(step.method, params))
        let started = ContinuousClock.now
        var answer = try request(step.method, params)
        var left = Self.attempts
        while !step.isReady(answer), left > 0 {
            usleep(Self.pause)
            answer = try request(step.method, params)
            left -= 1
        }
        let elapsed = ContinuousClock.now - started
        Transcript.answer(DemoStep.text(of: answer), isError: answer["isError"] == true, elapsed: elapsed)
        let failed = answer["isError"] == true
        guard failed == step.expectsError, step.isReady(answer) else {
            throw MegaraptorError(.internal, "The demo did not go as it should at: \(step.question)")
        }
        notes.keep(step.keeps, of: answer)
    }

    /// A resource's content, for the demo itself.
    mutating func read(_ uri: String) throws -> JSONValue {
        let text = DemoStep.text(of: try request("resources/read", ["uri": .string(uri)]))
        return try JSONValue(json: Array(text.utf8))
    }

    mutating func close() throws {
        let status = server.finish()
        guard status == 0 else { throw MegaraptorError(.internal, "The server left with status \(status).") }
        Transcript.note("the assistant hangs up; the server leaves with status 0")
    }

    private mutating func request(_ method: String, _ params: JSONValue) throws(MegaraptorError) -> JSONValue {
        let id = nextID
        nextID += 1
        let message: JSONValue = ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": params]
        try server.write(line: message.jsonBytes())
        while let line = server.readLine() {
            let answer: JSONValue
            do {
                answer = try JSONValue(json: line)
            } catch {
                throw MegaraptorError(.internal, "The server wrote what is no JSON: \(error)")
            }
            if answer["method"] == "elicitation/create" {
                try agree(to: answer)
                continue
            }
            guard answer["method"] == nil, answer["id"]?.integerValue == id else { continue }
            if let result = answer["result"] { return result }
            throw MegaraptorError(.internal, answer["error"]?["message"]?.stringValue ?? "no message")
        }
        throw MegaraptorError(.unavailable, "The server ended before it answered \(method).")
    }

    /// The server asks the person behind the client; the demo's person agrees.
    private mutating func agree(to question: JSONValue) throws(MegaraptorError) {
        Transcript.asked(question["params"]?["message"]?.stringValue ?? "")
        let reply: JSONValue = [
            "jsonrpc": "2.0", "id": question["id"] ?? .null,
            "result": ["action": "accept", "content": ["confirm": true]],
        ]
        try server.write(line: reply.jsonBytes())
    }
}
