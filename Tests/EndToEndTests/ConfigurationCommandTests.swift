// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Where the configuration comes from, and what is shown of it")
struct ConfigurationCommandTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func counting(_ arguments: [String], _ environment: [String: String]) async throws -> String? {
        let paths = try await CommandOutcome.of(["plugins", "paths", "--json"] + arguments, environment: environment)
        let places = try paths.json["configuration"]?.arrayValue ?? []
        #expect(places.map { $0["origin"] } == ["--config", "MEGARAPTOR_CONFIG", "user", "machine"])
        return places.first { $0["counts"] == true }?["origin"]?.stringValue
    }

    @Test("The flag beats the variable, the variable the user's file; a file in the working directory is none")
    func order() async throws {
        let flag = try folder.write("", to: "flag.yaml")
        let variable = try folder.write("", to: "variable.yaml")
        let home = ["XDG_CONFIG_HOME": folder.path]
        let both = home.merging(["MEGARAPTOR_CONFIG": variable]) { $1 }
        #expect(try await counting([], home) == nil)
        _ = try folder.write("", to: "megaraptor-mcp/megaraptor.yaml")
        #expect(try await counting([], home) == "user")
        #expect(try await counting([], both) == "MEGARAPTOR_CONFIG")
        #expect(try await counting(["--config", flag], both) == "--config")
        let text = try await CommandOutcome.of(["plugins", "paths"], environment: home).output
        #expect(text.contains("\(folder.path)/megaraptor-mcp/megaraptor.yaml  (user)  <- this one counts\n"))
        #expect(text.contains("/megaraptor-mcp/plugins.lock  (lock)") && text.contains("audit.jsonl  (audit)"))
    }

    @Test("A file that is named and missing is an error, not a default", arguments: ["serve", "tools"])
    func missing(command: String) async throws {
        let outcome = try await CommandOutcome.of([command], environment: ["MEGARAPTOR_CONFIG": "/nonexistent/m.yaml"])
        #expect(outcome.status == 1 && outcome.errors.contains("/nonexistent/m.yaml cannot be read"))
    }

    /// A value for each switch that the program refuses, with the words in which it does.
    private static let unfit = [
        ("toolsets", "nothing"), ("tools-allow", "nothing"), ("tools-deny", "nothing"), ("disabled-plugins", "nothing"),
        ("confirm", "sometimes"), ("confirm-by-token", "maybe"), ("deadline-seconds", "0"), ("result-bytes", "1"),
        ("concurrent-calls", "0"), ("trust", "blindly"), ("audit", "maybe"), ("audit-rotate-bytes", "1"),
        ("audit-keep", "0"),
    ]

    @Test("Every switch is a flag and a variable, and both are checked and named", arguments: unfit)
    func everySwitch(name: String, value: String) async throws {
        let variable = "MEGARAPTOR_\(name.uppercased().replacing("-", with: "_"))"
        // The server reads plain flags itself, every other command by the argument parser.
        for command in [["serve"], ["tools", "list"]] {
            let byFlag = try await CommandOutcome.of(command + ["--\(name)", value])
            #expect(byFlag.status == 1 && byFlag.errors.contains("--\(name)"), "\(byFlag.errors)")
            let byVariable = try await CommandOutcome.of(command, environment: [variable: value])
            #expect(byVariable.status == 1 && byVariable.errors.contains(variable), "\(byVariable.errors)")
        }
    }

    @Test("Paths of the lock and the record are switches too")
    func paths() async throws {
        let arguments = ["plugins", "paths", "--json", "--trust-lock", "/l", "--audit-file", "/a"]
        let paths = try await CommandOutcome.of(arguments).json
        #expect(paths["lock"] == "/l" && paths["audit"] == "/a")
    }

    @Test("A misspelt variable for read-only does not count as off")
    func readOnly() async throws {
        let outcome = try await CommandOutcome.of(["serve"], environment: ["MEGARAPTOR_READ_ONLY": "ture"])
        #expect(outcome.status == 1 && outcome.errors.contains("neither yes nor no"))
        let on = try await CommandOutcome.of(["tools", "list", "--json"], environment: ["MEGARAPTOR_READ_ONLY": "on"])
        #expect(try on.json.arrayValue?.allSatisfy { $0["effect"] == "reads" || $0["name"] == "run_vql" } == true)
    }

    @Test(
        "The committed schemas are those that the program checks by",
        arguments: [
            ("config", "megaraptor.schema.json"), ("manifest", "plugin.schema.json"),
        ]
    )
    func schemas(name: String, file: String) async throws {
        let committed = Products.sourceRoot.appending(path: "docs/schema/\(file)")
        #expect(try await CommandOutcome.of(["schema", name]).output == String(contentsOf: committed, encoding: .utf8))
    }

    @Test("Plugins and toolsets are listed with their state and where it comes from")
    func lists() async throws {
        let switches = [
            "--plugin-dir", Products.fixtureManifests, "--disabled-plugins", "*.c", "--toolsets", "fixture",
        ]
        let plugins = try await CommandOutcome.of(["plugins", "list", "--json"] + switches)
        let states = try plugins.json["plugins"]?.arrayValue?.map { [$0["id"], $0["enabled"], $0["bundled"]] }
        #expect(states?.first == ["org.megaraptor.fixture.c", false, false])
        #expect(states?.last == ["org.megaraptor.velociraptor", true, true])
        let toolsets = try await CommandOutcome.of(["toolsets", "list", "--json"] + switches).json.arrayValue ?? []
        let fixture = toolsets.filter { $0["name"] == "fixture" }.map { [$0["on"], $0["where"]] }
        #expect(fixture == [[false, "--disabled-plugins"], [true, "--toolsets"]])
        #expect(toolsets.first { $0["name"] == "respond" }?["on"] == false)
        let table = try await CommandOutcome.of(["toolsets", "list"] + switches).output
        #expect(table.hasPrefix("TOOLSET ") && table.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("A refused manifest makes `plugins list` end with status 1")
    func refused() async throws {
        _ = try folder.write("schema: 7\n", to: "plugins/b/plugin.yaml")
        let outcome = try await CommandOutcome.of(["plugins", "list", "--plugin-dir", "\(folder.path)/plugins"])
        #expect(outcome.status == 1 && outcome.output.contains("refused: ") && outcome.output.contains(":1:"))
    }

    @Test("Shells complete commands, and names of tools from what is installed")
    func completions() async throws {
        let script = try await CommandOutcome.of(["--generate-completion-script", "bash"])
        #expect(script.status == 0 && script.output.contains("toolsets"))
        let names = try await CommandOutcome.of(["---completion", "tools", "explain", "--", "positional@0", "3", "0"])
        #expect(names.output.split(separator: "\n").contains("run_vql"), "\(names.output) \(names.errors)")
    }
}
