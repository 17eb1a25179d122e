// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import PluginManifest
import PluginTrust

/// Shows which plugins there are and where they were looked for.
struct Plugins: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show plugins and where they are looked for.",
        subcommands: [List.self, Show.self, Paths.self, Trust.self, Untrust.self, Release.self],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the plugins that were found.")

        @OptionGroup var options: HostOptions

        func run() throws {
            let configuration = try options.configuration(RunningProgram.environment)
            let (discovery, trust) = HostOptions.discover(configuration, RunningProgram.environment)
            for manifest in discovery.manifests {
                print("\(manifest.id) \(manifest.version)  \(manifest.name)")
                print("  manifest  \(manifest.folder)/plugin.yaml")
                print("  library   \(manifest.libraryPath ?? manifest.library.map { "\($0) (not found)" } ?? "none")")
                print("  trust     \(trust[manifest.id]?.description ?? "")")
                let toolsets = manifest.toolsets.map { $0.isDefault ? $0.name : "\($0.name) (off)" }
                print("  toolsets  \(toolsets.joined(separator: ", "))")
                print("  tools     \(manifest.tools.map(\.name).joined(separator: ", "))")
            }
            for shadowed in discovery.shadowed {
                print("not used: \(shadowed.folder): \(shadowed.by) has the same id \(shadowed.id)")
            }
            for problem in discovery.problems { print("refused: \(problem)") }
            // What would stop the server stops here too.
            _ = try HostContributions.catalog(of: discovery.manifests, configuration.policy)
            try PluginManifest.check(settings: configuration.settings, of: discovery.manifests + discovery.refused)
            if !discovery.problems.isEmpty { throw ExitCode(1) }
        }
    }

    struct Paths: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the folders that are searched, in order.")

        @OptionGroup var options: HostOptions

        func run() throws {
            for folder in try options.search().folders { print("\(folder.path)  (\(folder.origin))") }
        }
    }
}

extension HostOptions {
    /// Where these options and the environment make the host look.
    fileprivate func search() throws -> PluginSearch {
        let environment = RunningProgram.environment
        return Self.search(try configuration(environment), environment)
    }

    static func search(_ configuration: OperatorConfiguration, _ environment: [String: String]) -> PluginSearch {
        PluginSearch(
            explicit: configuration.pluginFolders,
            environment: environment,
            executable: RunningProgram.path
        )
    }
}
