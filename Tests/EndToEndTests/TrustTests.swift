// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Only trusted plugins are offered")
struct TrustTests {
    private static let id = "org.megaraptor.fixture.c"

    private let home: ScratchFolder
    private let folder: String
    private var library: String { "\(folder)/libFixtureC.so" }

    /// A plugin from elsewhere, in a folder that only this user can change.
    init() throws {
        home = try ScratchFolder()
        folder = "\(home.path)/plugins/c"
        let manifest = "\(Products.fixtureManifests)/\(Self.id)/plugin.yaml"
        _ = try home.write(try String(contentsOfFile: manifest, encoding: .utf8), to: "plugins/c/plugin.yaml")
        try install(adding: "")
        for name in ["", "plugins", "plugins/c", "plugins/c/plugin.yaml"] {
            #expect(chmod("\(home.path)/\(name)", name.hasSuffix(".yaml") ? 0o644 : 0o755) == 0)
        }
    }

    /// Installs the library as another file. What is added to its end changes nothing that it does.
    private func install(adding end: String) throws {
        let built = Products.folder.appending(path: "libFixtureC.so")
        try (Data(contentsOf: built) + Data(end.utf8)).write(to: URL(filePath: "\(library).new"))
        #expect(chmod("\(library).new", 0o755) == 0)
        #expect(rename("\(library).new", library) == 0)
    }

    private var environment: [String: String] { ["HOME": home.path, "MEGARAPTOR_TRUST": "", "XDG_STATE_HOME": ""] }
    private var search: [String] { ["--plugin-dir", "\(home.path)/plugins"] }

    private func session(_ arguments: [String] = []) async throws -> Session {
        let session = try Session(search + arguments, environment: environment)
        _ = try await session.initialize()
        return session
    }

    private func isListed(_ session: Session) async throws -> Bool {
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        return tools.contains { $0["name"] == "c_echo" }
    }

    private struct Outcome {
        var status: Int32?
        var output: String
        var error: String
        var json: JSONValue { get throws { try JSONValue(json: output) } }
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> Outcome {
        let process = try LineProcess(Products.folder.appending(path: program), arguments, environment: environment)
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        let status = await process.waitForEnd()
        return Outcome(status: status, output: lines.joined(separator: "\n"), error: process.standardError)
    }

    private func plugins(_ arguments: String...) async throws -> Outcome {
        try await run("megaraptor-mcp", ["plugins"] + arguments)
    }

    @Test("A plugin is offered once it is trusted, refused once it has changed, and says each time what to do")
    func story() async throws {
        let command = "megaraptor-mcp plugins trust \(folder)"
        var session = try await session()
        #expect(try await !isListed(session))
        let unknown = try await session.response(
            to: try await session.send("tools/call", ["name": "c_echo", "arguments": ["text": "x"]])
        )
        #expect(unknown["error"] != nil)
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        #expect(session.process.standardError.contains("\(Self.id) in \(folder) is not trusted"))
        #expect(session.process.standardError.contains(command))
        let doctor = try await run("megaraptor-mcp", ["doctor"] + search)
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("BROKEN   The plugin \(Self.id) in \(folder) is not trusted"))
        #expect(doctor.output.contains("    fix: If you trust it as it is now: \(command)"))

        #expect(try await plugins("trust", folder).status == 0)
        session = try await self.session()
        #expect(try await isListed(session))
        #expect(try await session.call("c_echo", ["text": "hello"]).text == "hello")

        try install(adding: "changed")
        let health = try await session.request("resources/read", ["uri": "megaraptor://health"]).json()
        #expect(health.contains("\(library) has changed since it was opened; what was opened still runs."))
        #expect(try await session.call("c_echo", ["text": "still"]).text == "still")
        session = try await self.session()
        let refused = try await session.call("c_echo", ["text": "hello"])
        #expect(refused["isError"] == true)
        #expect(refused.text.contains("has changed since it was trusted: sha256 is") && refused.text.contains(command))

        #expect(try await plugins("trust", folder).status == 0)
        session = try await self.session()
        #expect(try await session.call("c_echo", ["text": "hello"]).text == "hello")
        #expect(try await plugins("untrust", Self.id).status == 0)
        #expect(try await !isListed(self.session()))
        #expect(try await plugins("untrust", Self.id).status == 1)
    }

    @Test("The lock file says what it is and what is pinned, and only this user may read it")
    func lock() async throws {
        let pinned = try await plugins("trust", "--json", folder).json
        let path = "\(home.path)/.config/megaraptor-mcp/plugins.lock"
        #expect(pinned["lock"]?.stringValue == path)
        let plugin = try #require(pinned["plugins"]?.arrayValue?.first)
        // Whether a digest is quoted depends on its digits.
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing("\"", with: "")
        let agreed = """
            # Plugins that this host may open, each as it was when somebody trusted it.
            # Written by `megaraptor-mcp plugins trust ID`; `megaraptor-mcp plugins untrust ID` takes one out.
            # A plugin that is not as it stands here is refused.
            plugins:
              - id: org.megaraptor.fixture.c
                version: 1.0.0
                abi: 1
                sha256: \(plugin["sha256"]?.stringValue ?? "")
                manifest_sha256: \(plugin["manifest_sha256"]?.stringValue ?? "")

            """
        #expect(text == agreed)
        var info = stat()
        #expect(stat(path, &info) == 0 && info.st_mode & 0o7777 == 0o600)
    }

    @Test("What is unsafe is not pinned until the commands that are told have been run")
    func unsafe() async throws {
        #expect(chmod(folder, 0o777) == 0 && chmod(library, 0o777) == 0)
        let refused = try await plugins("trust", "--json", folder)
        #expect(refused.status == 1)
        let plugin = try #require(try refused.json["plugins"]?.arrayValue?.first)
        #expect(plugin["trusted"] == false && plugin["sha256"] == nil)
        let commands = plugin["faults"]?.arrayValue?.compactMap { $0["command"]?.stringValue } ?? []
        #expect(commands == ["chmod go-w \(folder)", "chmod go-w \(library)"])
        #expect(!FileManager.default.fileExists(atPath: "\(home.path)/.config/megaraptor-mcp/plugins.lock"))
        for command in commands {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", command]
            try process.run()
            process.waitUntilExit()
        }
        let trusted = try await plugins("trust", "--json", folder)
        #expect(trusted.status == 0)
        #expect(try trusted.json["plugins"]?.arrayValue?.first?["trusted"] == true)
        #expect(chmod(folder, 0o777) == 0)
        let session = try await session()
        #expect(try await !isListed(session))
    }

    @Test("Where signatures are demanded, a plugin is offered by its signer's word and by nobody else's")
    func signed() async throws {
        let key = "\(home.path)/key"
        let made = try await run("megaraptor-plugin", ["keygen", "--json", key])
        let publicKey = try #require(try made.json["public_key"]?.stringValue)
        #expect(try await run("megaraptor-plugin", ["keygen", key]).status != 0)
        let file = try home.write("trust: {policy: signed, signers: {us: \(publicKey)}}\n", to: "megaraptor.yaml")

        #expect(try await !isListed(session(["--config", file])))
        #expect(try await run("megaraptor-plugin", ["sign", folder, "--key", key]).status == 0)
        let session = try await session(["--config", file])
        #expect(try await isListed(session))
        #expect(try await session.call("c_echo", ["text": "hello"]).text == "hello")
        let list = try await run("megaraptor-mcp", ["plugins", "list", "--config", file] + search)
        #expect(list.output.contains("signed by us"))

        #expect(chmod(key, 0o644) == 0)
        let open = try await run("megaraptor-plugin", ["sign", folder, "--key", key])
        #expect(open.status != 0 && open.error.contains("chmod 600 \(key)"))
        try install(adding: "changed")
        let changed = try await self.session(["--config", file]).call("c_echo", ["text": "hello"])
        #expect(changed["isError"] == true && changed.text.contains("is for another plugin or version: sha256 is"))
    }

    @Test("Trust that is withdrawn is withdrawn from a host that runs, whatever rules name the plugin")
    func withdrawn() async throws {
        let file = try home.write("toolsets: [default, fixture]\n", to: "m.yaml")
        #expect(try await plugins("trust", folder).status == 0)
        let session = try await session(["--config", file])
        #expect(try await isListed(session))
        #expect(try await run("megaraptor-mcp", ["plugins", "untrust", Self.id] + search).status == 0)
        _ = try await session.notifications("notifications/tools/list_changed", atLeast: 1)
        #expect(try await !isListed(session))
    }

    @Test("Settings for a plugin that is not trusted do not keep the others from serving")
    func settings() async throws {
        let file = try home.write("plugins: {\(Self.id): {colour: green}}\n", to: "megaraptor.yaml")
        let session = try await session(["--config", file])
        #expect(try await session.request("prompts/list")["prompts"]?.arrayValue?.isEmpty == false)
    }

    @Test("A misspelt policy keeps the server from starting")
    func misspelt() async throws {
        let process = try LineProcess(Products.host, ["serve", "--trust", "pined"], environment: environment)
        #expect(await process.waitForEnd() != 0)
        #expect(process.standardError.contains("did you mean \"pinned\"?"))
    }

    @Test("plugins show tells everything of a plugin, trusted or not, and its status says whether it is used")
    func shown() async throws {
        let before = try await run("megaraptor-mcp", ["plugins", "show", Self.id] + search)
        #expect(before.status == 1)
        #expect(before.output.contains("not trusted: The plugin \(Self.id)") && before.output.contains("c_echo  reads"))
        let bundled = try await plugins("show", "--json", "org.megaraptor.investigation").json
        #expect(bundled["trust"] == "bundled" && bundled["is_used"] == true)
        #expect(try await plugins("trust", folder).status == 0)
        let after = try await run("megaraptor-mcp", ["plugins", "show", "--json", Self.id] + search)
        #expect(after.status == 0)
        #expect(try after.json["trust"] == "pinned" && after.json["faults"] == [])
        #expect(try after.json["sha256"]?.stringValue?.count == 64)
    }

    @Test("A plugin in quarantine is shown with the reason until it is released")
    func quarantine() async throws {
        #expect(try await plugins("trust", folder).status == 0)
        var info = stat()
        #expect(stat(library, &info) == 0)
        let mtime = Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec)
        let record: JSONValue = [
            "path": .string(library), "size": JSONValue(Int(info.st_size)), "mtime": .integer(mtime), "sha256": "x",
            "reason": "It crashed.", "time": "2026-11-24T10:00:00Z",
        ]
        _ = try home.write(record.json(), to: ".local/state/megaraptor-mcp/quarantine/\(Self.id).json")
        let shown = try await run("megaraptor-mcp", ["plugins", "show", Self.id] + search)
        #expect(shown.status == 1)
        #expect(shown.output.contains("since 2026-11-24T10:00:00Z: It crashed."))
        #expect(shown.output.contains("megaraptor-mcp plugins release \(Self.id)"))
        #expect(try await plugins("release", "--json", Self.id).json["was_in_quarantine"] == true)
        #expect(try await plugins("release", Self.id).status == 1)
        #expect(try await run("megaraptor-mcp", ["plugins", "show", Self.id] + search).status == 0)
    }
}
