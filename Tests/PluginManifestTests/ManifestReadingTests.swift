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

    private func read(_ text: String) throws -> PluginManifest {
        let folder = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeOrReport(folder) }
        try Data(text.utf8).write(to: folder.appending(path: "plugin.yaml"))
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
}

/// Removes a test's folder; one that cannot be removed is reported, not hidden.
func removeOrReport(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
}
