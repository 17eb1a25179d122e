// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest

/// A prompt of the bundled plugin, and what its text speaks of.
struct GuidedPrompt {
    static let names = [
        "deploy_and_triage", "investigate_endpoint", "lateral_movement", "malware_analysis", "offline_collection_kit",
        "rapid_ir_deployment", "threat_hunt", "triage_incident",
    ]

    let contribution: PromptContribution
    let text: String

    init(_ name: String) throws {
        guard let prompt = try Self.manifest().prompts.first(where: { $0.name == name }), let body = prompt.body else {
            throw MegaraptorError(.notFound, "There is no prompt \(name) with a text.")
        }
        contribution = prompt
        text = body
    }

    static func manifest() throws -> PluginManifest { try manifest(of: "investigation") }

    /// The tools that a bundled plugin offers, and all that their arguments are called.
    static func tools(of plugin: String) throws -> (names: Set<String>, arguments: Set<String>) {
        let tools = try manifest(of: plugin).tools
        let arguments = tools.compactMap { $0.inputSchema["properties"]?.objectValue }.flatMap { $0.map(\.key) }
        return (Set(tools.map(\.name)), Set(arguments))
    }

    private static func manifest(of plugin: String) throws -> PluginManifest {
        try PluginManifest.read(
            folder: root.appending(path: "manifests/org.megaraptor.\(plugin)").path,
            libraryFolders: []
        )
    }

    /// The artifacts of Velociraptor 0.77.2 with their types, aliases among them.
    static func artifacts() throws -> [String: String] {
        let file = root.appending(path: "Tests/Recorded/artifact-names.json")
        return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    }

    /// Names with dots that begin as those of artifacts do.
    func artifacts(beginningWith families: Set<String>) -> [String] {
        text.matches(of: /[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)+/).map { String($0.output) }
            .filter { families.contains(String($0.prefix { $0 != "." })) }
    }

    /// What is written as the name of a tool or of a tool's argument: words joined by underscores, between backticks.
    var calls: [String] { text.matches(of: /`([a-z]+(?:_[a-z0-9]+)+)`/).map { String($0.output.1) } }

    /// The names of the places that are filled.
    var places: Set<String> { Set(text.matches(of: /\{\{ *(\w+) *\}\}/).map { String($0.output.1) }) }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
