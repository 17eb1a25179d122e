// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A session over real stdio with plugins loaded by dlopen")
struct FixtureSessionTests {
    @Test("Tools of a C and of a Swift plugin are listed and called, with and without handshake")
    func bothEras() async throws {
        let session = try Session.withFixtures()
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let stateless = try await session.request(
            "tools/call",
            ["name": "c_echo", "arguments": ["text": "first"], "_meta": meta]
        )
        #expect(stateless.text == "first")
        #expect(stateless["resultType"] == "complete")
        _ = try await session.initialize()
        let names = try await session.request("tools/list")["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names?.contains("c_echo") == true && names?.contains("swift_echo") == true)
        #expect(try await session.call("c_echo", ["text": "über ☕"]).text == "über ☕")
        let echoed = try await session.call("swift_echo", ["text": "a\n\u{0}b"])
        #expect(echoed["structuredContent"]?["text"] == "a\n\u{0}b")
    }

    @Test("What a plugin prints never reaches the protocol")
    func chatter() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        #expect(try await session.call("chatter", ["text": "{\"jsonrpc\":\"2.0\"}"]).text == "printed")
        #expect(try await session.call("c_echo", ["text": "still here"]).text == "still here")
        #expect(await session.notifications.isEmpty)
    }

    @Test("A plugin's failure arrives whole: code, message and hint")
    func failure() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        let result = try await session.call("fail", ["text": "the disk is on fire"])
        #expect(result["isError"] == true)
        #expect(result.text.contains("unavailable") && result.text.contains("the disk is on fire"))
        #expect(result.text.contains("Try later."))
    }

    @Test("Arguments that do not fit are told to the model, and the plugin is not called")
    func arguments() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        let result = try await session.call("swift_echo", ["txet": "x"])
        #expect(result["isError"] == true)
        #expect(result.text.contains("text"))
    }

    @Test("A slow tool blocks nobody, and cancelling it ends it")
    func cancellation() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        let slow = try await session.send("tools/call", ["name": "wait", "arguments": [:]])
        #expect(try await session.call("c_echo", ["text": "meanwhile"]).text == "meanwhile")
        try await session.notify("notifications/cancelled", ["requestId": .integer(slow)])
        #expect(try await session.call("c_echo", ["text": "after"]).text == "after")
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }

    @Test("PROG-02: progress carries the token, grows, and ends before the answer")
    func progress() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        let result = try await session.request(
            "tools/call",
            ["name": "count", "arguments": ["to": 20], "_meta": ["progressToken": "t"]]
        )
        #expect(result.text == "20")
        let steps = await session.notifications.compactMap { $0["params"]?["progress"]?.doubleValue }
        #expect(!steps.isEmpty && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
        #expect(await session.notifications.allSatisfy { $0["params"]?["progressToken"] == "t" })
    }

    @Test("A plugin keeps state over restarts of the host")
    func state() async throws {
        let home = try ScratchFolder()
        for expected in ["nothing yet", "one"] {
            let session = try Session(
                ["--plugin-dir", Products.fixtureManifests],
                environment: ["XDG_STATE_HOME": home.path]
            )
            _ = try await session.initialize()
            #expect(try await session.call("remember", ["text": "one"]).text == expected)
        }
    }

    @Test("A plugin learns its settings, its folders, the time and the operator's decisions from the host")
    func services() async throws {
        let folder = try ScratchFolder()
        let file = try folder.write(
            """
            limits: {deadline_seconds: 30, result_bytes: 5000}
            read_only: true
            confirm: every-change
            plugins: {org.megaraptor.fixture.swift: {colour: green}}
            """,
            to: "megaraptor.yaml"
        )
        let session = try Session(
            ["--config", file, "--plugin-dir", Products.fixtureManifests],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        _ = try await session.initialize()
        let seen = try JSONValue(json: try await session.call("services").text)
        #expect(seen["config"] == ["colour": "green"])
        #expect(seen["paths"]?["plugin"]?.stringValue?.hasSuffix("org.megaraptor.fixture.swift") == true)
        #expect(seen["paths"]?["state"]?.stringValue?.hasPrefix(folder.path) == true)
        #expect(seen["clock"]?["unix_us"]?.integerValue ?? 0 > 1_700_000_000_000_000)
        #expect(seen["has_deadline"] == true)
        #expect(seen["is_read_only"] == true && seen["confirmation"] == "every-change")
        #expect(seen["result_bytes"] == 5000)
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        #expect(session.process.standardError.contains("asked for services"))
    }

    @Test("A tool that may destroy something asks a client that can be asked, and does what the person says")
    func confirmation() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize(capabilities: ["elicitation": [:]])
        let id = try await session.send("tools/call", ["name": "erase", "arguments": ["text": "x"]])
        let question = try JSONValue(json: try #require(await session.process.nextLine()))
        #expect(question["method"] == "elicitation/create")
        let answer: JSONValue = [
            "jsonrpc": "2.0", "id": question["id"] ?? .null, "result": ["action": "decline"],
        ]
        try session.process.write(answer.json())
        let declined = try await session.response(to: id)
        #expect(declined["result"]?["isError"] == true)
    }

    @Test("Lists answer from manifests: a plugin whose library is missing is listed, and calling it says what is wrong")
    func listsWithoutLoading() async throws {
        let folder = try ScratchFolder()
        let manifest = try String(
            contentsOfFile: "\(Products.fixtureManifests)/org.megaraptor.fixture.c/plugin.yaml",
            encoding: .utf8
        )
        _ = try folder.write(manifest.replacing("libFixtureC.so", with: "libMissing.so"), to: "plugin.yaml")
        let session = try Session(["--plugin-dir", folder.path])
        _ = try await session.initialize()
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        #expect(tools.contains { $0["name"] == "c_echo" })
        let result = try await session.call("c_echo", ["text": "x"])
        #expect(result["isError"] == true && result.text.contains("libMissing.so"))
    }

    @Test("RES-13: a plugin learns that somebody listens to its resource, and its announcement reaches the client")
    func subscription() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        _ = try await session.request("resources/subscribe", ["uri": "fixture://news"])
        let update = try JSONValue(json: try #require(await session.process.nextLine()))
        #expect(update["method"] == "notifications/resources/updated")
        #expect(update["params"]?["uri"] == "fixture://news")
    }

    @Test("STDIO-06, STDIO-08: requests already read are answered at the end of the input, then status 0")
    func endOfInput() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        // Opening a plugin on a busy machine may take longer than a host waits at the end.
        _ = try await session.call("swift_echo", ["text": "first"])
        let id = try await session.send("tools/call", ["name": "swift_echo", "arguments": ["text": "last"]])
        session.process.closeInput()
        #expect(try await session.response(to: id)["result"]?["structuredContent"]?["text"] == "last")
        #expect(await session.process.waitForEnd() == 0)
    }

    @Test("STDIO-12: a client that never reads standard error stops nothing")
    func undrainedErrors() async throws {
        let session = try Session(["--plugin-dir", Products.fixtureManifests], readsErrors: false)
        _ = try await session.initialize()
        // Each call writes a line to the log; together they are several times what a pipe holds.
        for _ in 0..<3000 { _ = try await session.call("services") }
        #expect(try await session.call("c_echo", ["text": "still here"]).text == "still here")
    }

    @Test("A tool that waits for the person's answer does not keep the process alive")
    func openQuestion() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize(capabilities: ["elicitation": [:]])
        _ = try await session.send("tools/call", ["name": "ask", "arguments": ["text": "Who?"]])
        let question = try JSONValue(json: try #require(await session.process.nextLine()))
        #expect(question["method"] == "elicitation/create")
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }

    @Test(
        "Settings that the plugin does not know or take, and plugins that are not there, stop the start",
        arguments: [
            ("org.megaraptor.velociraptor: {api-config: /x}", "api-config"),
            ("org.megaraptor.velociraptor: {allow_server_reads: sometimes}", "allow_server_reads"),
            ("org.megaraptor.velociraptro: {api_config: /x}", "org.megaraptor.velociraptor"),
        ]
    )
    func wrongSettings(settings: String, words: String) async throws {
        let folder = try ScratchFolder()
        let file = try folder.write("plugins: {\(settings)}", to: "megaraptor.yaml")
        let process = try LineProcess(Products.host, ["serve", "--config", file])
        #expect(await process.waitForEnd() == 1)
        #expect(process.standardError.contains(words), "\(process.standardError)")
    }

    @Test("STDIO-07: SIGTERM and SIGINT end the server cleanly", arguments: [SIGTERM, SIGINT])
    func signals(number: Int32) async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        _ = try await session.call("swift_echo", ["text": "x"])
        session.process.signal(number)
        let status = await session.process.waitForEnd()
        #expect([0, 128 + number, -number].contains(status))
    }

    @Test("--read-only leaves only tools that change nothing; the others do not exist")
    func readOnly() async throws {
        let session = try Session.withFixtures(["--read-only"])
        _ = try await session.initialize()
        let names = try await session.request("tools/list")["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names?.contains("erase") == false && names?.contains("remember") == false)
        let id = try await session.send("tools/call", ["name": "erase", "arguments": ["text": "x"]])
        #expect(try await session.response(to: id)["error"]?["code"] == -32602)
    }

    @Test("An unknown toolset is an error at the start that names the known ones")
    func unknownToolset() async throws {
        let process = try LineProcess(
            Products.host,
            ["serve", "--plugin-dir", Products.fixtureManifests, "--toolsets", "fixtures"]
        )
        #expect(await process.waitForEnd() != 0)
        #expect(process.standardError.contains("fixture"))
    }
}
