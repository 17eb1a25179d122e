// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("The record of calls, written by serve and read by audit verify and audit show")
struct AuditTests {
    private let home: ScratchFolder

    init() throws {
        home = try ScratchFolder()
    }

    private var log: URL { home.url.appending(path: "megaraptor-mcp/audit/audit.jsonl") }

    private func session(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> Session {
        let state = ["XDG_STATE_HOME": home.path].merging(environment) { $1 }
        return try Session(["--plugin-dir", Products.fixtureManifests] + arguments, environment: state)
    }

    private func records() throws -> [JSONValue] {
        try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map { try JSONValue(json: String($0)) }
    }

    private func audit(_ arguments: [String]) async throws -> (status: Int32?, lines: [String], errors: String) {
        let process = try LineProcess(Products.host, ["audit"] + arguments, environment: ["XDG_STATE_HOME": home.path])
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        return (await process.waitForEnd(), lines, process.standardError)
    }

    /// Answers the server's question to the person and gives the tool's result.
    private func erase(_ session: Session, _ arguments: JSONValue, _ answer: JSONValue) async throws -> JSONValue {
        let id = try await session.send("tools/call", ["name": "erase", "arguments": arguments])
        let question = try JSONValue(json: try #require(await session.process.nextLine()))
        let message: JSONValue = ["jsonrpc": "2.0", "id": question["id"] ?? .null, "result": answer]
        try session.process.write(message.json())
        return try await session.response(to: id)
    }

    /// A read, a change with consent, a declined one and a failure.
    private func work() async throws {
        let session = try session()
        _ = try await session.initialize(capabilities: ["elicitation": [:]])
        #expect(!FileManager.default.fileExists(atPath: log.path))
        _ = try await session.call("swift_echo", ["text": "h\u{e9}llo"])
        _ = try await erase(session, ["text": "x"], ["action": "accept", "content": ["confirm": true]])
        _ = try await erase(session, ["text": "y"], ["action": "decline"])
        _ = try await session.call("fail", ["text": "on purpose"])
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }

    @Test("A read, a change with consent, a declined one and a failure stand there as they were")
    func whole() async throws {
        try await work()
        let all = try records()
        #expect(all.map { $0["kind"] } == ["intent", "result", "intent", "result", "result", "intent", "result"])
        #expect(
            all.compactMap { $0["outcome"]?.stringValue } == ["ok", "ok", "declined", "unavailable"]
        )
        let intents = all.filter { $0["consent"] != nil }
        #expect(intents.map { $0["consent"] } == ["not needed", "accepted", "declined", "not needed"])
        #expect(intents.map { $0["name"] } == ["swift_echo", "erase", "erase", "fail"])
        #expect(
            all[0]["call"] == all[1]["call"] && all[2]["call"] == all[3]["call"] && all[0]["call"] != all[2]["call"]
        )
        let first = all[0]
        #expect(first["rule"] == "toolset fixture is on" && first["changes"] == false)
        #expect(first["protocol"] == "2025-11-25" && first["client"] == "test 1")
        #expect(first["arguments"] == ["text": "h\u{e9}llo"] && first["plugin"] == "org.megaraptor.fixture.swift")
        // printf '{"text":"héllo"}' | sha256sum
        #expect(
            first["arguments_sha256"] == "87d1eca41f1807df7fdf4b049962a50bb34e9c0ebd12a66ad07b357502c6b34c"
        )
        let library = Products.folder.appending(path: "libFixtureSwift.so")
        let sum = try await sha256sum(library.path)
        #expect(first["plugin_sha256"] == .string(sum))
        #expect(all[1]["duration_ms"]?.doubleValue ?? -1 >= 0)
    }

    private func sha256sum(_ path: String) async throws -> String {
        let process = try LineProcess(URL(filePath: "/usr/bin/sha256sum"), [path])
        let line = await process.nextLine() ?? ""
        _ = await process.waitForEnd()
        return String(line.prefix(64))
    }

    @Test("verify says that all is whole with status 0, and what is broken and where with status 1")
    func verify() async throws {
        try await work()
        let whole = try await audit(["verify"])
        #expect(whole.status == 0 && whole.lines.first == "The chain is whole: 7 records in 1 files, the last is 7.")
        let hash = try #require(try records().last?["hash"]?.stringValue)
        #expect(whole.lines.last == "hash \(hash)")
        #expect(try await audit(["verify", "--expect", hash]).status == 0)
        #expect(try await audit(["verify", "--expect", String(hash.reversed())]).status == 1)
        let text = try String(contentsOf: log, encoding: .utf8)
        let file = try FileHandle(forWritingTo: log)
        try file.write(contentsOf: Data(text.replacing("accepted", with: "acceptad").utf8))
        try file.close()
        let broken = try await audit(["verify", "--json"])
        let report = try JSONValue(json: broken.lines.joined())
        #expect(broken.status == 1 && report["is_whole"] == false)
        #expect(report["faults"]?.arrayValue?.map { $0["place"] } == ["audit.jsonl:3"])
        #expect(try await audit(["verify"]).lines.first?.hasPrefix("BROKEN  audit.jsonl:3: ") == true)
    }

    @Test("Where nothing was recorded, verify and show fail and say so")
    func nothing() async throws {
        for command in ["verify", "show"] {
            let outcome = try await audit([command])
            #expect(outcome.status == 1 && outcome.errors.contains("There is no audit log at \(log.path)"))
        }
    }

    @Test("show prints calls in lines that fit, filtered, and their records as JSON")
    func show() async throws {
        try await work()
        let all = try await audit(["show"])
        try #require(all.status == 0 && all.lines.count == 5, "\(all)")
        #expect(all.lines.allSatisfy { $0.count <= 120 })
        #expect(all.lines[2].contains("accepted") && all.lines[2].contains(#"erase                {"text":"x"}"#))
        #expect(try await audit(["show", "--tool", "erase", "--outcome", "declined"]).lines.count == 2)
        #expect(try await audit(["show", "--limit", "1"]).lines.last?.contains("fail") == true)
        #expect(try await audit(["show", "--since", "2999-01-01T00:00:00Z"]).lines.count == 1)
        let json = try await audit(["show", "--json", "--tool", "erase"])
        #expect(try json.lines.map { try JSONValue(json: $0)["seq"] } == [3, 4, 5])
        #expect(try await audit(["show", "--since", "yesterday"]).status == 64)
    }

    @Test("What cannot be recorded is not changed; what only reads goes on, and health says so")
    func failedWrites() async throws {
        // No file may grow: every write to the log fails, as on a full disk.
        let command = """
            trap '' XFSZ; ulimit -f 0; exec "$0" serve --plugin-dir '\(Products.fixtureManifests)'
            """
        let process = try LineProcess(
            URL(filePath: "/bin/sh"),
            ["-c", command, Products.host.path],
            environment: ["XDG_STATE_HOME": home.path]
        )
        let session = Session(process)
        _ = try await session.initialize()
        #expect(try await session.call("swift_echo", ["text": "read"]).text.contains("read"))
        let refused = try await session.call("remember", ["text": "change"])
        #expect(refused["isError"] == true && refused.text.hasPrefix("failed_precondition"), "\(refused.text)")
        #expect(refused.text.contains("so it was not done") && refused.text.contains(log.path))
        let health = try await session.request("resources/read", ["uri": "megaraptor://health"])
        let report = health["contents"]?.arrayValue?.first?["text"]?.stringValue ?? ""
        let checks = try JSONValue(json: report)["plugins"]?.arrayValue?.first?["checks"]?.arrayValue
        let audit = checks?.first { $0["id"] == "audit" }
        #expect(audit?["status"] == "broken" && audit?["fix"]?.stringValue?.isEmpty == false)
        process.closeInput()
        #expect(await process.waitForEnd() == 0)
        #expect(process.standardError.contains("calls cannot be recorded"))
    }

    @Test("A call whose host is killed stays open in the record, and the chain is whole")
    func killed() async throws {
        let session = try session()
        _ = try await session.initialize()
        _ = try await session.send("tools/call", ["name": "wait", "arguments": [:]])
        while try await audit(["show"]).lines.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        session.process.signal(SIGKILL)
        #expect(await session.process.waitForEnd() == -SIGKILL)
        let open = try await audit(["show", "--outcome", "open"])
        #expect(open.lines.count == 2 && open.lines.last?.contains("wait") == true)
        #expect(try await audit(["verify"]).status == 0)
    }

    @Test("However much a call is given, its record stays small")
    func longArguments() async throws {
        let session = try session()
        _ = try await session.initialize()
        _ = try await session.call("swift_echo", ["text": .string(String(repeating: "\u{1}", count: 200_000))])
        let text = try String(contentsOf: log, encoding: .utf8)
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 16 << 10 })
        #expect(try records().first?["arguments"]?["text"]?.stringValue?.hasSuffix("… [200000 bytes]") == true)
    }

    @Test("Two hosts at once write one chain")
    func twoHosts() async throws {
        let sessions = [try session(), try session()]
        for session in sessions { _ = try await session.initialize() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for session in sessions {
                group.addTask {
                    for n in 0..<50 {
                        _ = try await session.call(n % 10 == 0 ? "remember" : "c_echo", ["text": "\(n)"])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try records().count == 200)
        #expect(try await audit(["verify"]).status == 0)
    }

    @Test("The operator's file says where the record lies, or that there is none, and forbids tokens")
    func configured() async throws {
        let elsewhere = home.path + "/elsewhere/calls.jsonl"
        let text = "audit: {file: \(elsewhere)}\nconfirm_by_token: false\n"
        let file = try home.write(text, to: "megaraptor.yaml")
        let recorded = try session(["--config", file])
        _ = try await recorded.initialize()
        _ = try await recorded.call("c_echo", ["text": "x"])
        let refused = try await recorded.call("erase", ["text": "x"])
        #expect(refused.text.contains("confirm_by_token"))
        #expect(try await audit(["verify", "--config", file]).status == 0)
        #expect(try await audit(["show", "--file", elsewhere]).lines.count == 3)
        #expect(!FileManager.default.fileExists(atPath: log.path))
        let none = try home.write("audit: {enabled: false}\n", to: "none.yaml")
        let unrecorded = try session(["--config", none], environment: ["MEGARAPTOR_CONFIRM_BY_TOKEN": "0"])
        _ = try await unrecorded.initialize()
        _ = try await unrecorded.call("c_echo", ["text": "x"])
        #expect(try await unrecorded.call("erase", ["text": "x"]).text.contains("confirm_by_token"))
        #expect(!FileManager.default.fileExists(atPath: log.path))
    }
}
