// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MegaraptorErrors

/// Starts a plugin.
struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a plugin: a folder with everything that it needs, and one thing that works.",
        discussion: "Nothing is overwritten: the folder must not be there, or be empty."
    )

    @Argument(
        help: """
            swift or c; deployer for one that stands up servers, in Swift; vql for tools that are queries, native for \
            functions of a C library: these two need no code.
            """
    )
    var kind: PluginKind

    @Argument(help: "The plugin's id in reverse DNS, such as org.example.greeter.")
    var id: String

    @Argument(
        help: "The folder to make; by default the last part of the id, or the id itself for a plugin without code."
    )
    var folder: String?

    @Option(help: "Where a Swift plugin finds its kit: the folder or the URL of megaraptor-mcp's package.")
    var kit: String?

    func run() throws {
        let names = try ProjectNames(id: id)
        let folder = folder ?? (kind.hasCode ? names.short : names.id)
        let project = try kind.project(names, kit: kit)
        try ProjectWriter(folder: folder).write(project)
        print("Made \(folder):")
        for file in project.files { print("  \(file.path)") }
        print("\nNext, in that folder:\n\(project.next.map { "  \($0)" }.joined(separator: "\n"))")
    }
}

/// What a plugin is written in.
enum PluginKind: String, CaseIterable, ExpressibleByArgument {
    case swift
    case c
    case deployer
    case vql
    case native

    var hasCode: Bool { self != .vql && self != .native }

    func project(_ names: ProjectNames, kit: String?) throws(MegaraptorError) -> Project {
        switch self {
        case .swift: try SwiftTemplate.project(names, kit: KitLocation(named: kit))
        case .c: CTemplate.project(names)
        case .deployer: try DeployerTemplate.project(names, kit: KitLocation(named: kit))
        case .vql: VQLTemplate.project(names)
        case .native: NativeTemplate.project(names)
        }
    }
}

/// The files of a new plugin.
struct Project {
    struct File {
        let path: String
        let text: String
    }

    let files: [File]
    /// The commands that come next.
    let next: [String]
}
