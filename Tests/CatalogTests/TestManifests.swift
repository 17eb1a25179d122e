// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import PluginManifest

/// Manifests as their authors write them.
enum TestManifests {
    /// - Parameter contributes: the lines below `contributes`.
    static func manifest(
        id: String = "org.example.one",
        description: String = "A plugin for tests.",
        _ contributes: String
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

    /// `read`, `write` and `query`, which restricts itself, in `case`, which is on as shipped; `deploy` in one that is
    /// off, once named `install`.
    static func usual(_ id: String = "org.example.one") throws -> PluginManifest {
        try manifest(
            id: id,
            """
            toolsets: [{name: case, description: x}, {name: deploy, description: Sets up. Really., default: false}]
            tools:
            - {name: read, description: x, toolset: case, annotations: {read_only: true}, input_schema: {type: object}}
            - {name: write, description: x, toolset: case, input_schema: {type: object}}
            - {name: query, description: x, toolset: case, read_only_mode: restricted, input_schema: {type: object}}
            - {name: deploy, description: x, toolset: deploy, aliases: [install], input_schema: {type: object}}
            resources: [{uri: "x://y", name: y, description: x}]
            prompts: [{name: ask, description: x, body: x}]
            """
        )
    }
}

extension [PolicyRule] {
    /// Rules as a flag gives them.
    static func named(_ names: String..., by flag: String = "--flag") -> Self {
        names.map { PolicyRule($0, .named(flag)) }
    }
}

extension CatalogPolicy.Toolsets {
    static func named(_ names: String...) -> Self {
        .init(names.map { PolicyRule($0, .named("--toolsets")) }, .named("--toolsets"))
    }
}
