// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A host takes over changes of its files while it serves", .timeLimit(.minutes(3)))
struct LiveTests {
    private let home: ScratchFolder
    private var configuration: String { "\(home.path)/megaraptor.yaml" }

    init() throws {
        home = try ScratchFolder()
        _ = try home.write("toolsets: [fixture]\n", to: "megaraptor.yaml")
        for (name, library) in [("c", "libFixtureC.so"), ("swift", "libFixtureSwift.so")] {
            let id = "org.megaraptor.fixture.\(name)"
            let manifest = try String(contentsOfFile: "\(Products.fixtureManifests)/\(id)/plugin.yaml", encoding: .utf8)
            _ = try home.write(manifest, to: "plugins/\(id)/plugin.yaml")
            try install(library, in: id)
        }
    }

    private func install(_ library: String, in id: String, adding end: String = "") throws {
        let target = "\(home.path)/plugins/\(id)/\(library)"
        try (Data(contentsOf: Products.folder.appending(path: library)) + Data(end.utf8))
            .write(to: URL(filePath: "\(target).new"))
        #expect(chmod("\(target).new", 0o755) == 0 && rename("\(target).new", target) == 0)
    }

    /// As editors and `toolsets enable` do it: another file takes the place.
    private func configure(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(configuration).new"))
        #expect(rename("\(configuration).new", configuration) == 0)
    }

    private func session(_ arguments: [String] = []) async throws -> Session {
        let folders = ["--config", configuration, "--plugin-dir", "\(home.path)/plugins"]
        let session = try Session(folders + arguments)
        _ = try await session.initialize()
        return session
    }

    private func tools(_ session: Session) async throws -> Set<String> {
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        return Set(tools.compactMap { $0["name"]?.stringValue })
    }

    private func announced(_ session: Session, _ count: Int) async throws {
        _ = try await session.notifications("notifications/tools/list_changed", atLeast: count)
    }

    /// Asks for the plugin's part of the health report until it holds some words.
    private func awaitHealth(of id: String, _ session: Session, holding words: [String]) async throws {
        while true {
            let contents = try await session.request("resources/read", ["uri": "megaraptor://health"])["contents"]
            let text = try #require(contents?.arrayValue?.first?["text"]?.stringValue)
            let plugins = try JSONValue(json: Array(text.utf8))["plugins"]?.arrayValue ?? []
            let part = plugins.first { $0["id"]?.stringValue == id }?.json() ?? ""
            if words.allSatisfy(part.contains) { return }
        }
    }

    @Test("TOOL-18: an edit switches tools, is announced, and denied tools cannot be called any more")
    func edit() async throws {
        let session = try await session()
        #expect(try await tools(session).contains("c_echo"))
        try configure("toolsets: [fixture]\ntools: {deny: [c_echo]}\n")
        try await announced(session, 1)
        #expect(try await !tools(session).contains("c_echo"))
        let call: JSONValue = ["name": "c_echo", "arguments": ["text": "x"]]
        #expect(try await session.response(to: try await session.send("tools/call", call))["error"] != nil)
        try configure("toolsets: [fixture]\nread_only: true\n")
        try await announced(session, 2)
        let reading = try await tools(session)
        #expect(!reading.contains("erase") && reading.contains("c_echo"))
        #expect(try await session.call("services")["structuredContent"]?["is_read_only"] == true)
    }

    @Test("SUB-02: a stateless client hears of it on its subscription, and of nothing without one")
    func stateless() async throws {
        let session = try Session(["--config", configuration, "--plugin-dir", "\(home.path)/plugins"])
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let listening = try await session.send(
            "subscriptions/listen",
            ["notifications": ["toolsListChanged": true], "_meta": meta]
        )
        _ = try await session.notifications("notifications/subscriptions/acknowledged", atLeast: 1)
        try configure("toolsets: [fixture]\ntools: {deny: [c_echo]}\n")
        let heard = try await session.notifications("notifications/tools/list_changed", atLeast: 1)
        let key = "io.modelcontextprotocol/subscriptionId"
        #expect(heard.first?["params"]?["_meta"]?[key] == .integer(listening))
    }

    @Test("A broken edit leaves everything as it was and is told in the log and by health, until it is mended")
    func broken() async throws {
        let session = try await session()
        let before = try await tools(session)
        try configure("toolsets: [fixture]\nraed_only: true\n")
        func health() async throws -> String {
            try await session.request("resources/read", ["uri": "megaraptor://health"]).json()
        }
        var text = try await health()
        while !text.contains("configuration.change") { text = try await health() }
        #expect(text.contains("the former state goes on") && text.contains("did you mean"))
        #expect(try await tools(session) == before)
        #expect(try await session.call("c_echo", ["text": "still here"]).text == "still here")
        try configure("toolsets: [fixture]\ntools: {deny: [c_echo]}\n")
        try await announced(session, 1)
        text = try await health()
        #expect(!text.contains("configuration.change"))
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        #expect(session.process.standardError.contains("megaraptor.yaml:2:1: unknown property"))
    }

    @Test("A plugin that is installed appears, one that is removed goes, and its calls under way end")
    func plugins() async throws {
        let session = try await session()
        _ = try await session.call("swift_echo", ["text": "x"])
        let slow = try await session.send("tools/call", ["name": "linger", "arguments": ["milliseconds": 1500]])
        let folder = "\(home.path)/plugins/org.megaraptor.fixture.swift"
        #expect(rename(folder, "\(home.path)/away") == 0)
        try await announced(session, 1)
        #expect(try await tools(session) == ["c_echo"])
        #expect(try await session.response(to: slow)["result"]?.text == "waited")
        #expect(rename("\(home.path)/away", folder) == 0)
        try await announced(session, 2)
        #expect(try await session.call("swift_echo", ["text": "back"]).text.contains("back"))
    }

    @Test("A manifest that breaks takes its plugin away until it is mended")
    func manifest() async throws {
        let session = try await session()
        let file = "plugins/org.megaraptor.fixture.swift/plugin.yaml"
        let right = try String(contentsOfFile: "\(home.path)/\(file)", encoding: .utf8)
        _ = try home.write("nonsense: 1\n" + right, to: file)
        try await announced(session, 1)
        #expect(try await tools(session) == ["c_echo"])
        _ = try home.write(right, to: file)
        try await announced(session, 2)
        #expect(try await session.call("swift_echo", ["text": "mended"]).text.contains("mended"))
    }

    @Test("A disabled plugin is not called any more, though a client listened to it")
    func disabled() async throws {
        let session = try await session()
        _ = try await session.request("resources/subscribe", ["uri": "fixture://news"])
        _ = try await session.notifications("notifications/resources/updated", atLeast: 1)
        try configure("toolsets: [fixture]\ndisabled_plugins: [org.megaraptor.fixture.swift]\n")
        try await announced(session, 1)
        #expect(try await tools(session) == ["c_echo"])
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        #expect(!session.process.standardError.contains("nobody listens to fixture://news"))
    }

    @Test("A changed library in a process of its own gets a new process; inside the host a restart is asked for")
    func libraries() async throws {
        let id = "org.megaraptor.fixture.c"
        let outside = ["is open in its own process", "started 2 times"]
        for (isInside, words) in [(false, outside), (true, ["restart the host"])] {
            let session = try await session(isInside ? ["--trust-in-process", id] : [])
            #expect(try await session.call("c_echo", ["text": "one"]).text == "one")
            try install("libFixtureC.so", in: id, adding: isInside ? "a" : "b")
            try await awaitHealth(of: id, session, holding: words)
            #expect(try await session.call("c_echo", ["text": "two"]).text == "two")
        }
    }

    @Test("Thousands of edits under load lose no call, leak no descriptor and end in the last state")
    func toggles() async throws {
        let session = try await session()
        _ = try await session.call("swift_echo", ["text": "x"])
        // Once a change was heard of, the watch is there.
        try configure("toolsets: [fixture]\ntools: {deny: [count]}\n")
        try await announced(session, 1)
        func descriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(session.process.pid)/fd").count
        }
        let before = try descriptors()
        var calls: [Int64] = []
        for round in 0..<10_000 {
            try configure("toolsets: [fixture]\ntools: {deny: [\(round.isMultiple(of: 2) ? "count" : "remember")]}\n")
            if round.isMultiple(of: 20) {
                calls.append(try await session.send("tools/call", ["name": "c_echo", "arguments": ["text": "x"]]))
            }
        }
        for call in calls { #expect(try await session.response(to: call)["result"]?.text == "x") }
        var last = try await tools(session)
        while last.contains("remember") { last = try await tools(session) }
        #expect(!last.contains("remember") && last.contains("count"))
        #expect(try descriptors() <= before + 2)
    }
}
