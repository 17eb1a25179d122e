// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("The catalog decides what is visible and callable")
struct CatalogTests {
    /// Two plugins: `read` and `write` in a toolset that is on as shipped, `deploy` in one that is off.
    private func manifests() throws -> [PluginManifest] {
        try [
            manifest(
                "org.example.one",
                """
                toolsets: [{name: case, description: x}, {name: deploy, description: x, default: false}]
                tools:
                - {name: read, description: x, toolset: case, annotations: {read_only: true}, input_schema: {type: object}}
                - {name: write, description: x, toolset: case, input_schema: {type: object}}
                - {name: deploy, description: x, toolset: deploy, input_schema: {type: object}}
                """
            )
        ]
    }

    private func manifest(
        _ id: String,
        _ contributes: String,
        description: String = "A plugin for tests."
    ) throws -> PluginManifest {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let indented = contributes.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        let text = """
            schema: 1
            id: \(id)
            name: x
            version: 1.0.0
            abi: 1
            library: x.so
            license: Apache-2.0
            description: \(description)
            contributes:
            \(indented)
            """
        try Data(text.utf8).write(to: folder.appending(path: "plugin.yaml"))
        let manifest = try PluginManifest.read(folder: folder.path, libraryFolders: [])
        try FileManager.default.removeItem(at: folder)
        return manifest
    }

    static let cases: [(CatalogPolicy, [String])] = [
        (CatalogPolicy(), ["read", "write"]),
        (CatalogPolicy(readOnly: true), ["read"]),
        (CatalogPolicy(toolsets: .all), ["read", "write", "deploy"]),
        (CatalogPolicy(toolsets: .named(["all"])), ["read", "write", "deploy"]),
        (CatalogPolicy(readOnly: true, toolsets: .all), ["read"]),
        (CatalogPolicy(toolsets: .named(["deploy"])), ["deploy"]),
        (CatalogPolicy(toolsets: .named(["default"])), ["read", "write"]),
        (CatalogPolicy(toolsets: .named(["default", "deploy"])), ["read", "write", "deploy"]),
        (CatalogPolicy(readOnly: true, toolsets: .named(["deploy"])), []),
        (CatalogPolicy(toolsets: .named([])), []),
    ]

    @Test("Read-only beats toolsets, toolsets beat what is shipped", arguments: cases)
    func precedence(policy: CatalogPolicy, expected: [String]) throws {
        let catalog = try Catalog(manifests: manifests(), policy: policy)
        #expect(catalog.tools.map(\.contribution.name) == expected)
    }

    @Test("In read-only mode a tool that restricts itself stays, and is then one that only reads")
    func restricted() throws {
        let manifests = try [
            manifest(
                "org.example.one",
                """
                toolsets: [{name: case, description: x}]
                tools:
                - {name: query, description: x, toolset: case, read_only_mode: restricted, input_schema: {type: object}}
                - {name: write, description: x, toolset: case, input_schema: {type: object}}
                """
            )
        ]
        let normal = try Catalog(manifests: manifests, policy: CatalogPolicy()).tools.map(\.contribution)
        #expect(normal.map(\.name) == ["query", "write"])
        #expect(normal.first?.annotations == ToolAnnotations())
        let reading = try Catalog(manifests: manifests, policy: CatalogPolicy(readOnly: true)).tools.map(\.contribution)
        #expect(reading.map(\.name) == ["query"])
        #expect(
            reading.first?.annotations
                == ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: true)
        )
    }

    @Test("An unknown toolset is an error that names the known ones")
    func unknownToolset() throws {
        let error = #expect(throws: MegaraptorError.self) {
            try Catalog(manifests: manifests(), policy: CatalogPolicy(toolsets: .named(["deplyo"])))
        }
        #expect(error?.message.contains("deplyo") == true && error?.hint.contains("deploy") == true)
    }

    @Test("Two plugins with one tool's name are refused, naming both")
    func conflict() throws {
        let tool = "tools: [{name: read, description: x, toolset: t, input_schema: {type: object}}]"
        let set = "toolsets: [{name: t, description: x}]"
        let two = try [
            manifest("org.example.a", "\(set)\n\(tool)"), manifest("org.example.b", "\(set)\n\(tool)"),
        ]
        let error = #expect(throws: MegaraptorError.self) { try Catalog(manifests: two, policy: CatalogPolicy()) }
        #expect(error?.message.contains("org.example.a") == true && error?.message.contains("org.example.b") == true)
    }

    @Test("Two plugins with one runner's name are refused, naming both")
    func runnerConflict() throws {
        let runner = "runners: [{name: sql, description: x}]"
        let two = try [manifest("org.example.a", runner), manifest("org.example.b", runner)]
        let error = #expect(throws: MegaraptorError.self) { try Catalog(manifests: two, policy: CatalogPolicy()) }
        #expect(error?.message == "The runner \"sql\" is offered by org.example.a and by org.example.b.")
    }

    @Test("However long plugins' descriptions are, the instructions say what is off and stay short")
    func longInstructions() throws {
        let long = String(repeating: "word ", count: 400)
        let set = "toolsets: [{name: t, description: x}, {name: deploy, description: x, default: false}]"
        let tool = "tools: [{name: read, description: x, toolset: t, input_schema: {type: object}}]"
        let manifests = try [manifest("org.example.a", "\(set)\n\(tool)", description: long)]
        let instructions = try Catalog(manifests: manifests, policy: CatalogPolicy()).instructions
        #expect(instructions.hasPrefix("word word") && instructions.contains("…"))
        #expect(instructions.contains("off: deploy") && instructions.count < 1500)
    }

    @Test("The instructions say what is off and stay short")
    func instructions() throws {
        let shipped = try Catalog(manifests: manifests(), policy: CatalogPolicy(readOnly: true)).instructions
        #expect(shipped.contains("deploy") && shipped.contains("read-only") && shipped.count < 1500)
        let all = try Catalog(manifests: manifests(), policy: CatalogPolicy(toolsets: .all)).instructions
        #expect(!all.contains("off"))
    }
}
