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

    private func manifest(_ id: String, _ contributes: String) throws -> PluginManifest {
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
            description: A plugin for tests.
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

    @Test("The instructions say what is off and stay short")
    func instructions() throws {
        let shipped = try Catalog(manifests: manifests(), policy: CatalogPolicy(readOnly: true)).instructions
        #expect(shipped.contains("deploy") && shipped.contains("read-only") && shipped.count <= 1500)
        let all = try Catalog(manifests: manifests(), policy: CatalogPolicy(toolsets: .all)).instructions
        #expect(!all.contains("off"))
    }
}
