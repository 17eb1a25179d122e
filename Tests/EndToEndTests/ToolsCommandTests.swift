// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("megaraptor-mcp tools")
struct ToolsCommandTests {
    private static let fixtures = ["--plugin-dir", Products.fixtureManifests]

    private func tools(_ arguments: String..., environment: [String: String] = [:]) async throws -> CommandOutcome {
        try await .of(["tools"] + arguments + Self.fixtures, environment: environment)
    }

    // MARK: - explain

    @Test("Every tool of the default configuration is explained as agreed")
    func golden() async throws {
        let text = try await CommandOutcome.of(["tools", "explain", "*"]).output
        let golden = Products.sourceRoot.appending(path: "Tests/EndToEndTests/explain.golden.txt")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let agreed = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == agreed, "run with MEGARAPTOR_UPDATE_GOLDEN=1 and look at the difference")
    }

    @Test("The line of the file that has a tool off is named, after the rules that said nothing")
    func place() async throws {
        let folder = try ScratchFolder()
        let file = try folder.write("tools:\n  deny:\n    - wait\n    - er*\n", to: "m.yaml")
        let outcome = try await tools("explain", "erase", "--config", file)
        #expect(outcome.status == 0)
        #expect(
            outcome.output == """
                erase is off: denied by "er*" (\(file):4:7)
                  may destroy, toolset fixture of org.megaraptor.fixture.swift
                  1. disabled_plugins: the plugin org.megaraptor.fixture.swift is not disabled
                  2. read_only: not read-only
                  3. tools.deny: denied by "er*" (\(file):4:7)  <- decides

                """
        )
        let json = try await tools("explain", "erase", "--config", file, "--json").json.arrayValue?.first
        #expect(json?["on"] == false && json?["place"] == ["file": .string(file), "line": 4, "column": 7])
        #expect(json?["steps"]?.arrayValue?.map { $0["outcome"] } == ["undecided", "undecided", "off"])
    }

    @Test("Flags and variables are named as what decided; a flag replaces its variable")
    func switches() async throws {
        let variable = ["MEGARAPTOR_TOOLS_ALLOW": "erase", "MEGARAPTOR_TOOLSETS": "investigate"]
        #expect(
            try await tools("explain", "erase", environment: variable).output
                .hasPrefix("erase is on: allowed by \"erase\" (MEGARAPTOR_TOOLS_ALLOW)\n")
        )
        #expect(
            try await tools("explain", "wait", environment: variable).output
                .hasPrefix("wait is off: toolset fixture is not among those that are on (MEGARAPTOR_TOOLSETS)\n")
        )
        #expect(
            try await tools("explain", "wait", "--toolsets", "fix*", environment: variable).output
                .hasPrefix("wait is on: toolset fixture is on by \"fix*\" (--toolsets)\n")
        )
        #expect(
            try await tools("explain", "erase", "--read-only", environment: variable).output
                .hasPrefix("erase is off: read-only, and the tool changes something (--read-only)\n")
        )
    }

    @Test("A tool that does not exist is no tool, with the one that was meant and status 1")
    func unknown() async throws {
        let outcome = try await tools("explain", "erasse")
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("There is no tool \"erasse\". Did you mean erase?"))
    }

    @Test("A tool is found, explained and called by its former name")
    func formerName() async throws {
        let folder = try ScratchFolder()
        let manifest = try String(
            contentsOfFile: "\(Products.fixtureManifests)/org.megaraptor.fixture.c/plugin.yaml",
            encoding: .utf8
        )
        _ = try folder.write(
            manifest.replacing("      toolset: fixture\n", with: "      toolset: fixture\n      aliases: [old_echo]\n"),
            to: "plugin.yaml"
        )
        let arguments = ["--plugin-dir", folder.path]
        let explained = try await CommandOutcome.of(["tools", "explain", "old_echo"] + arguments)
        #expect(explained.output.contains("c_echo is on") && explained.output.contains("formerly old_echo"))
        let off = try await CommandOutcome.of(["tools", "call", "old_echo", "{}", "--tools-deny", "c_*"] + arguments)
        #expect(off.status == 1 && off.errors.contains("Unknown tool: old_echo"))
    }

    // MARK: - list

    @Test("A table fits a hundred columns and shows what is off only when asked")
    func list() async throws {
        let on = try await tools("list", "--tools-deny", "erase")
        let all = try await tools("list", "--all", "--tools-deny", "erase")
        let lines = all.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.first?.hasPrefix("TOOL ") == true)
        let erase = lines.first { $0.hasPrefix("erase ") }?.split(separator: " ") ?? []
        #expect(erase.prefix(4) == ["erase", "off", "may", "destroy"])
        #expect(!on.output.contains("\nerase ") && on.output.contains("\nwait "))
    }

    // MARK: - call

    @Test("A call goes through the server: its result is printed, as text or as JSON")
    func call() async throws {
        let text = try await tools("call", "c_echo", #"{"text": "a\u001bb"}"#)
        #expect(text.status == 0 && text.output == "a\\u{1B}b\n", "\(text.errors)")
        let json = try await tools("call", "swift_echo", #"{"text": "hi"}"#, "--json").json
        #expect(json["structuredContent"] == ["text": "hi"])
    }

    @Test("Arguments that do not fit and tools that fail are told, with status 1")
    func failing() async throws {
        let unfit = try await tools("call", "swift_echo", #"{"txt": "hi"}"#)
        #expect(unfit.status == 1 && unfit.output.contains("did you mean \"text\"?"))
        let failed = try await tools("call", "fail", #"{"text": "hi"}"#)
        #expect(failed.status == 1)
        let unknown = try await tools("call", "nothing")
        #expect(unknown.status == 1 && unknown.errors.contains("tools explain nothing"))
        #expect(try await tools("call", "swift_echo", "[]").status == 64)
        #expect(try await tools("call", "swift_echo", "{").status == 64)
    }

    @Test("A tool that is off does not exist, whatever it is called by")
    func off() async throws {
        let outcome = try await tools("call", "erase", "--yes", "--tools-deny", "erase")
        #expect(outcome.status == 1 && outcome.errors.contains("Unknown tool: erase"))
    }

    @Test("Without a terminal what needs consent is refused, and done with --yes")
    func consent() async throws {
        let refused = try await tools("call", "erase", #"{"text": "it"}"#)
        #expect(refused.status == 1)
        #expect(refused.output.contains("did not agree") && refused.errors.contains("--yes"))
        let done = try await tools("call", "erase", #"{"text": "it"}"#, "--yes")
        #expect(done.status == 0, "\(done.output) \(done.errors)")
        let never = try await tools("call", "erase", #"{"text": "it"}"#, "--confirm", "never")
        #expect(never.status == 0)
    }
}
