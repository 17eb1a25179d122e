// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Commands that switch toolsets and plugins")
struct SwitchingTests {
    private static let fixtures = ["--plugin-dir", Products.fixtureManifests]

    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> CommandOutcome {
        try await .of(
            arguments + Self.fixtures,
            environment: ["XDG_CONFIG_HOME": folder.path].merging(environment) { $1 }
        )
    }

    private var file: String { "\(folder.path)/megaraptor-mcp/megaraptor.yaml" }
    private var text: String { get throws { try String(contentsOfFile: file, encoding: .utf8) } }

    /// The tools that a server lists with the file.
    private func listed() async throws -> [String] {
        let session = try Session(Self.fixtures, environment: ["XDG_CONFIG_HOME": folder.path])
        _ = try await session.initialize()
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        return tools.compactMap { $0["name"]?.stringValue }
    }

    @Test("Where there is no file one is made, for its owner alone, and the server reads it")
    func made() async throws {
        let outcome = try await run("toolsets", "disable", "fixture")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("The toolset fixture is off (\(file):4:11)."))
        #expect(try text.hasSuffix("\n\ntoolsets: [investigate, workbench, respond]\n"))
        #expect(try text.hasPrefix("# The operator's configuration"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let tools = try await listed()
        #expect(!tools.contains("swift_echo") && tools.contains("run_vql"))
        #expect(try await run("toolsets", "enable", "fixture").status == 0)
        #expect(try await listed().contains("swift_echo"))
    }

    @Test("A file keeps its comments, its order and its mode; a link stays a link")
    func kept() async throws {
        let real = try folder.write(
            """
            # Who may do what.
            read_only: true   # until Friday
            disabled_plugins:
              - org.megaraptor.fixture.c   # noisy
            toolsets: [default]

            """,
            to: "real.yaml"
        )
        _ = try folder.write("", to: "megaraptor-mcp/other")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: real)
        #expect(try await run("plugins", "disable", "org.megaraptor.investigation").status == 0)
        #expect(try await run("plugins", "enable", "org.megaraptor.fixture.c").status == 0)
        #expect(
            try text == """
                # Who may do what.
                read_only: true   # until Friday
                disabled_plugins:
                  - org.megaraptor.investigation
                toolsets: [default]

                """
        )
        #expect(try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file) == real)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "megaraptor-mcp", "real.yaml",
            ]
        )
    }

    @Test("A pattern that has a plugin off is written out when one of its plugins is enabled")
    func pattern() async throws {
        _ = try folder.write("disabled_plugins: [\"*.fixture.*\"]\n", to: "megaraptor-mcp/megaraptor.yaml")
        let outcome = try await run("plugins", "enable", "org.megaraptor.fixture.swift", "--json")
        #expect(try outcome.json["on"] == true && outcome.json["changed"] == true)
        #expect(try text == "disabled_plugins: [org.megaraptor.fixture.c]\n")
    }

    @Test("What a flag or a variable says otherwise is told, and the status is 1")
    func overruled() async throws {
        let outcome = try await run(
            "toolsets",
            "disable",
            "fixture",
            environment: ["MEGARAPTOR_TOOLSETS": "all"]
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("is on (MEGARAPTOR_TOOLSETS). That wins over the file."))
    }

    @Test("What is so already changes nothing")
    func already() async throws {
        let outcome = try await run("toolsets", "enable", "fixture", "--json")
        #expect(try outcome.status == 0 && outcome.json["changed"] == false)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test("An unknown name is refused with the one that was meant")
    func unknown() async throws {
        let toolset = try await run("toolsets", "enable", "fixtrue")
        #expect(toolset.status == 1 && toolset.errors.contains("Did you mean fixture?"))
        let plugin = try await run("plugins", "disable", "org.megaraptor.fixture.x")
        #expect(plugin.status == 1 && plugin.errors.contains("Did you mean org.megaraptor.fixture.c?"))
    }

    @Test("A list that no program should edit stays as it is, and what to write is told")
    func unusual() async throws {
        let unusual = "toolsets: [\"de\\x66ault\"]\n"
        _ = try folder.write(unusual, to: "megaraptor-mcp/megaraptor.yaml")
        let outcome = try await run("toolsets", "disable", "fixture")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("megaraptor.yaml:1:11: "))
        #expect(outcome.errors.contains("Write it by hand: toolsets: [investigate, workbench, respond]"))
        #expect(try text == unusual)
    }

    @Test("A disabled plugin offers nothing, is not opened, and is not a fault")
    func disabled() async throws {
        let arguments = Self.fixtures + ["--disabled-plugins", "org.megaraptor.fixture.*"]
        let doctor = try await CommandOutcome.of(["doctor", "--json"] + arguments)
        let groups = try doctor.json["plugins"]?.arrayValue ?? []
        for group in groups where group["id"]?.stringValue?.contains("fixture") == true {
            let checks = group["checks"]?.arrayValue ?? []
            #expect(checks.map { $0["id"] } == ["plugin.trust", "plugin.disabled"])
            #expect(checks.allSatisfy { $0["status"] == "ok" })
        }
        let tools = try await CommandOutcome.of(["tools", "list", "--json"] + arguments).json.arrayValue ?? []
        #expect(!tools.isEmpty && !tools.contains { $0["toolset"] == "fixture" })
    }
}
