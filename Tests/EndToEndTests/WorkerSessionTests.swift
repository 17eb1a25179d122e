// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A session whose plugins run in processes of their own")
struct WorkerSessionTests {
    /// The host's children: what runs below it, by the id of the plugin that each serves.
    private func workers(of host: Int32) throws -> [String: Int32] {
        var found: [String: Int32] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let pid = Int32(name), let status = Self.text("/proc/\(pid)/status"),
                status.contains("\nPPid:\t\(host)\n"), let line = Self.text("/proc/\(pid)/cmdline")
            else { continue }
            let words = line.split(separator: "\0").map(String.init)
            if words.count == 3, words[1] == "worker" { found[words[2]] = pid }
        }
        return found
    }

    private static func text(_ file: String) -> String? {
        try? String(contentsOfFile: file, encoding: .utf8)
    }

    private static let swift = "org.megaraptor.fixture.swift"

    /// Waits up to a second.
    private func ends(_ pid: Int32) async throws -> Bool {
        for _ in 0..<100 {
            // Where nobody collects orphans it stays a zombie.
            let state = Self.text("/proc/\(pid)/stat")
            if state == nil || state?.contains(") Z") == true { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test("The worker ends with its host, however the host ends", arguments: [SIGKILL, SIGTERM])
    func endsWithHost(signal: Int32) async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        _ = try await session.call("swift_echo", ["text": "x"])
        let worker = try #require(try workers(of: session.process.pid)[Self.swift])
        session.process.signal(signal)
        #expect(try await ends(worker))
    }

    @Test("A killed worker costs its call an error that says why, and the next call works")
    func killed() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        _ = try await session.call("swift_echo", ["text": "x"])
        let slow = try await session.send("tools/call", ["name": "wait", "arguments": [:]])
        #expect(try await session.call("swift_echo", ["text": "y"]).text.contains("y"))
        let worker = try #require(try workers(of: session.process.pid)[Self.swift])
        kill(worker, SIGSEGV)
        let failed = try #require(try await session.response(to: slow)["result"])
        #expect(failed["isError"] == true && failed.text.contains("was killed by SIGSEGV (signal 11)"))
        #expect(try await session.call("swift_echo", ["text": "z"]).text.contains("z"))
        #expect(try await session.call("c_echo", ["text": "untouched"]).text == "untouched")
        let health = try await session.request("resources/read", ["uri": "megaraptor://health"])
        let report = health["contents"]?.arrayValue?.first?["text"]?.stringValue ?? ""
        #expect(report.contains("started 2 times; the last one was killed by SIGSEGV (signal 11)"), "\(report)")
    }

    @Test("A question to the person goes through the worker, and so does its answer")
    func question() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize(capabilities: ["elicitation": [:]])
        let id = try await session.send("tools/call", ["name": "ask", "arguments": ["text": "Who?"]])
        let question = try JSONValue(json: try #require(await session.process.nextLine()))
        #expect(question["params"]?["message"] == "Who?")
        let answer: JSONValue = [
            "jsonrpc": "2.0", "id": question["id"] ?? .null,
            "result": ["action": "accept", "content": ["name": "Ada"]],
        ]
        try session.process.write(answer.json())
        #expect(try await session.response(to: id)["result"]?.text.contains("Ada") == true)
    }

    @Test("Plugins that operations let run inside the host have no process")
    func inside() async throws {
        let folder = try ScratchFolder()
        let file = try folder.write("trust: {in_process: [org.megaraptor.fixture.s*]}\n", to: "megaraptor.yaml")
        let session = try Session.withFixtures(["--config", file])
        _ = try await session.initialize()
        #expect(try await session.call("swift_echo", ["text": "x"]).text.contains("x"))
        #expect(try await session.call("c_echo", ["text": "x"]).text == "x")
        #expect(try workers(of: session.process.pid).keys.sorted() == ["org.megaraptor.fixture.c"])
    }

    @Test("The hidden command serves nobody but a host")
    func alone() async throws {
        let process = try LineProcess(Products.host, ["worker"])
        #expect(await process.nextLine()?.contains("started by the host") == true)
        #expect(await process.waitForEnd() == 64)
    }
}
