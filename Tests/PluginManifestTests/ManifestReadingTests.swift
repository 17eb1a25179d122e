// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Manifests are read strictly and say where they are wrong")
struct ManifestReadingTests {
    static let good = """
        schema: 1
        id: org.example.greeter
        name: Greeter
        version: 1.2.3
        abi: 1
        library: libGreeter.so
        license: Apache-2.0
        description: Greets.
        contributes:
          toolsets:
            - {name: greet, description: Greetings., default: false}
          tools:
            - name: greet
              description: Says hello.
              toolset: greet
              annotations: {read_only: true, destructive: false}
              input_schema: {type: object}
          prompts:
            - name: polite
              description: A polite prompt.
              arguments: [{name: who, description: Whom., required: true}]
              body: "Greet {{who}}."
        """

    private func read(_ text: String, _ files: [String: [UInt8]] = [:]) throws -> PluginManifest {
        let folder = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeOrReport(folder) }
        try Data(text.utf8).write(to: folder.appending(path: "plugin.yaml"))
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        return try PluginManifest.read(folder: folder.path, libraryFolders: [])
    }

    @Test("Everything in a manifest arrives")
    func whole() throws {
        let manifest = try read(Self.good)
        #expect(manifest.id == "org.example.greeter")
        #expect(manifest.version == "1.2.3")
        #expect(manifest.libraryPath == nil)
        #expect(manifest.toolsets == [.init(name: "greet", description: "Greetings.", isDefault: false)])
        #expect(manifest.tools.first?.annotations.readOnly == true)
        #expect(manifest.tools.first?.annotations.openWorld == true)
        #expect(manifest.prompts.first?.arguments.first?.required == true)
        #expect(manifest.prompts.first?.body == "Greet {{who}}.")
    }

    /// What is changed in the good manifest, what the error must say, and on which line.
    static let mistakes: [(from: String, to: String, words: [String])] = [
        ("schema: 1", "schema: 2", ["plugin.yaml:1:"]),
        ("id: org.example.greeter", "id: greeter/../x", ["plugin.yaml:2:"]),
        ("version: 1.2.3", "version: one", ["plugin.yaml:4:"]),
        ("library: libGreeter.so", "library: ../libGreeter.so", ["plugin.yaml:6:"]),
        ("license:", "licence:", ["licence", "license"]),
        ("toolset: greet", "toolset: great", ["plugin.yaml:15:", "\"great\" is not declared"]),
        ("input_schema: {type: object}", "input_schema: {type: array}", ["plugin.yaml:17:"]),
        ("read_only: true", "read_only: maybe", ["plugin.yaml:16:"]),
        ("toolset: greet", "toolset: greet\n      read_only_mode: hidden", ["plugin.yaml:16:"]),
        ("library: libGreeter.so", "min_host: 0", ["names no library"]),
        ("contributes:", "contributes: [", ["plugin.yaml:"]),
    ]

    @Test("A mistake is refused with file, line and column", arguments: mistakes)
    func mistake(from: String, to: String, words: [String]) throws {
        let text = Self.good.replacingOccurrences(of: from, with: to)
        #expect(text != Self.good)
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "no error")") }
    }

    /// The good manifest's tool, which a runner runs now: no library is needed any more.
    private static let queried = good.replacingOccurrences(of: "library: libGreeter.so\n", with: "")
        .replacingOccurrences(
            of: "      input_schema: {type: object}",
            with: """
                      input_schema: {type: object}
                      run:
                        vql:
                          query: SELECT 1 AS A FROM scope()
                          columns: [{name: A, description: One.}]
                """
        )

    @Test("A tool that a runner runs needs no library, and code need not know of it")
    func queriedTool() throws {
        let manifest = try read(Self.queried)
        #expect(manifest.library == nil && manifest.tools.first?.runner == "vql")
        #expect(manifest.definition(ofTool: "greet")?["run"]?["vql"]?["query"] == "SELECT 1 AS A FROM scope()")
        #expect(manifest.definition(ofTool: "grit") == nil)
        #expect(ManifestComparison.difference(["tools": manifest.contributesJSON["tools"] ?? []], [:]) == nil)
    }

    @Test(
        "A way to run a tool that nobody understands is refused with its place",
        arguments: [
            ("query: SELECT 1 AS A FROM scope()", "qeury: SELECT 1", "plugin.yaml:19:"),
            ("        vql:\n", "        vlq:\n", "plugin.yaml:18:"),
            ("        vql:\n", "        native: {}\n        vql:\n", "plugin.yaml:18:"),
            ("{name: A, description: One.}", "{from: A}", "plugin.yaml:20:"),
            ("{name: A, description: One.}", "", "plugin.yaml:20:"),
            ("          query: SELECT 1 AS A FROM scope()\n", "", "plugin.yaml:19:"),
        ]
    )
    func badRun(from: String, to: String, place: String) {
        let text = Self.queried.replacingOccurrences(of: from, with: to)
        #expect(text != Self.queried)
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains(place) == true, "\(error?.message ?? "no error")")
    }

    @Test("Who offers a runner needs code for it")
    func runnerNeedsCode() throws {
        let runner = "\n  runners: [{name: sql, description: Asks.}]"
        #expect(try read(Self.good + runner).runners == [.init(name: "sql", description: "Asks.")])
        let error = #expect(throws: MegaraptorError.self) { try read(Self.queried + runner) }
        #expect(error?.message.contains("names no library") == true)
        let described: JSONValue = ["runners": [["name": "sql", "description": "Asks."]]]
        #expect(ManifestComparison.difference(described, [:]) == "runners \"sql\" is in the manifest only")
        #expect(ManifestComparison.difference([:], described) == "runners \"sql\" is in the code only")
    }

    private static let argument = "{name: who, description: Whom., required: true}"

    @Test("What a manifest says of a prompt's argument arrives")
    func promptArgument() throws {
        let argument = "{name: os, description: x, completed_by: org.example.b, pattern: ., enum: [a, b], default: a}"
        let text = Self.good.replacingOccurrences(of: Self.argument, with: argument)
        #expect(
            try read(text).prompts.first?.arguments == [
                .init(
                    name: "os",
                    description: "x",
                    completedBy: "org.example.b",
                    pattern: ".",
                    allowed: ["a", "b"],
                    standard: "a"
                )
            ]
        )
    }

    @Test(
        "A prompt's argument that no value could fit is refused with its place",
        arguments: [
            ("{name: who, description: x, pattern: \"(\"}", "who the pattern cannot be used"),
            (
                "{name: who, description: x, pattern: ^a$, default: b}",
                "who the default cannot be used: it must match ^a$"
            ),
            ("{name: who, description: x, enum: [a], default: b}", "who the default cannot be used: allowed are a"),
            ("{name: who, description: x, enum: []}", "plugin.yaml:21:"),
        ]
    )
    func badPromptArgument(argument: String, words: String) {
        let text = Self.good.replacingOccurrences(of: Self.argument, with: argument)
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains("plugin.yaml:21:") == true, "\(error?.message ?? "no error")")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
    }

    private static let fromFile = good.replacingOccurrences(
        of: "body: \"Greet {{who}}.\"",
        with: "body_file: polite.md"
    )

    @Test("A prompt's text may lie beside the manifest, and needs no code")
    func bodyFile() throws {
        let manifest = try read(Self.fromFile, ["polite.md": Array("Greet {{who}} ☕.\n".utf8)])
        #expect(manifest.prompts.first?.body == "Greet {{who}} ☕.\n")
        #expect(ManifestComparison.difference(["prompts": manifest.contributesJSON["prompts"] ?? []], [:]) == nil)
    }

    static let badFiles: [(String, [String: [UInt8]], String)] = [
        (fromFile, [:], "polite.md cannot be read"),
        (fromFile, ["polite.md": [0xFF, 0xFE]], "polite.md is not UTF-8"),
        (fromFile + "\n      body: x", ["polite.md": []], "either body or body_file"),
        (fromFile.replacingOccurrences(of: "polite.md", with: "../polite.md"), [:], ""),
        (fromFile.replacingOccurrences(of: "polite.md", with: "/etc/polite.md"), [:], ""),
        (fromFile.replacingOccurrences(of: "polite.md", with: "polite.txt"), [:], ""),
    ]

    @Test("A prompt's text that cannot be had is refused with its place", arguments: badFiles)
    func badBodyFile(text: String, files: [String: [UInt8]], words: String) {
        let error = #expect(throws: MegaraptorError.self) { try read(text, files) }
        #expect(error?.message.contains("plugin.yaml:22:18: ") == true, "\(error?.message ?? "no error")")
        #expect(words.isEmpty || error?.message.contains(words) == true, "\(error?.message ?? "no error")")
    }

    @Test(
        "TOOL-02: a name that is no tool name is refused",
        arguments: ["a b", "é", "x/y", String(repeating: "n", count: 129)]
    )
    func toolName(name: String) {
        let text = Self.good.replacingOccurrences(of: "- name: greet\n", with: "- name: \"\(name)\"\n")
        #expect(text != Self.good)
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains("plugin.yaml:13:") == true, "\(error?.message ?? "no error")")
    }

    @Test("TOOL-02: a tool that is listed twice is refused")
    func duplicateTool() throws {
        let tool = "    - {name: greet, description: Again., toolset: greet, input_schema: {type: object}}\n"
        let text = Self.good.replacingOccurrences(of: "  prompts:", with: tool + "  prompts:")
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains("listed twice") == true)
    }

    @Test("A manifest and its code that agree have no difference, whatever the order of keys")
    func comparison() {
        let listed: JSONValue = ["tools": [["name": "a", "description": "x"]]]
        #expect(ManifestComparison.difference(listed, ["tools": [["description": "x", "name": "a"]]]) == nil)
        #expect(ManifestComparison.difference(listed, ["tools": []]) == "tools \"a\" is in the manifest only")
        #expect(ManifestComparison.difference(["tools": []], listed) == "tools \"a\" is in the code only")
        let other: JSONValue = ["tools": [["name": "a", "description": "y"]]]
        #expect(ManifestComparison.difference(listed, other) == "tools \"a\" differs at /description")
    }

    @Test("Prompts that are only text need no code")
    func promptsWithBody() {
        #expect(ManifestComparison.difference(["prompts": [["name": "p", "body": "text"]]], [:]) == nil)
    }

    @Test("Every key of the schema says what it is for")
    func descriptions() {
        func undescribed(_ schema: JSONValue, _ path: String) -> [String] {
            let properties = (schema["properties"]?.objectValue ?? [:]).flatMap { name, part in
                (part["description"]?.stringValue?.isEmpty == false ? [] : ["\(path)/\(name)"])
                    + undescribed(part, "\(path)/\(name)")
            }
            let items = schema["items"].map { undescribed($0, path + "/*") } ?? []
            return properties + items
        }
        let definitions = PluginManifest.schema["$defs"]?.objectValue ?? [:]
        #expect(undescribed(PluginManifest.schema, "") == [])
        #expect(definitions.flatMap { undescribed($0.value, $0.key) } == [])
    }

    @Test(
        "A former name that belongs to two tools, or twice to one, is refused where it stands",
        arguments: ["greet", "other, other", "hail"]
    )
    func aliases(names: String) throws {
        let text = Self.good.replacing(
            "      toolset: greet\n",
            with: "      toolset: greet\n      aliases: [\(names)]\n"
        )
        .replacing(
            "  prompts:\n",
            with: "    - {name: hail, description: x, toolset: greet, input_schema: {type: object}}\n  prompts:\n"
        )
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains("plugin.yaml:1") == true, "\(error?.message ?? "")")
    }
}

/// Removes a test's folder; one that cannot be removed is reported, not hidden.
func removeOrReport(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
}
