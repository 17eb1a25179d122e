// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import Logging
import MegaraptorErrors
import PluginHost
import PluginManifest
import YAMLSource

/// Asks a plugin what it offers.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a plugin offers, or the manifest that matches its code."
    )

    @Argument(help: "The plugin's folder, or its library, such as .build/release/libVelociraptor.so.")
    var plugin: String

    @Option(help: "Take everything that code does not know (name, license, toolsets, …) from this manifest.")
    var base: String?

    @Flag(help: "Print the manifest that matches the code.")
    var manifest = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let subject = try InspectionSubject(plugin)
        guard manifest else {
            let described = try subject.described()
            print(json ? described.json.prettyJSON() : InspectionTable(described).text)
            return
        }
        let known = try (base ?? subject.manifest).map(Self.read) ?? .object([:])
        print(YAMLEmitter.text(for: ManifestDraft(try subject.inspected(), keeping: known).json), terminator: "")
    }

    private static func read(_ file: String) throws -> JSONValue {
        try YAMLDocument.parse(try CheckedYAML.contents(of: file), file: file).json
    }
}

/// A plugin named by its folder or by its library.
private struct InspectionSubject {
    /// The manifest's file, where a folder was named.
    let manifest: String?
    private let path: String

    init(_ path: String) throws {
        self.path = path
        manifest = PluginSearch.isFolder(path) ? "\(path)/plugin.yaml" : nil
    }

    /// What the code says; for a plugin without code, what its manifest says.
    func described() throws -> PluginInspection {
        guard manifest != nil else { return try inspected() }
        let read = try PluginFolder.manifest(in: path)
        guard read.library == nil else { return try inspected() }
        return PluginInspection(
            library: "none",
            id: read.id,
            version: read.version,
            runtime: "none",
            contributes: read.contributesJSON
        )
    }

    func inspected() throws -> PluginInspection {
        let library = manifest == nil ? path : try PluginFolder.library(of: try PluginFolder.manifest(in: path))
        guard let library else {
            throw MegaraptorError(
                .failedPrecondition,
                "The plugin in \(path) has no code: its manifest is all there is."
            )
        }
        return try PluginHost.inspect(
            library: library,
            logger: Logger(label: "megaraptor-plugin") { StandardErrorLogHandler(label: $0) }
        )
    }
}
