// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust

/// The switches that decide what the host offers. Each has an environment variable of the same name.
struct HostOptions: ParsableArguments {
    @Option(help: "The operator's configuration. Also MEGARAPTOR_CONFIG.")
    var config: String?

    @Option(
        name: .customLong("plugin-dir"),
        help: "A folder with plugins, searched before all others. May be repeated. Also MEGARAPTOR_PLUGIN_PATH."
    )
    var pluginDirectories: [String] = []

    @Option(help: "The Velociraptor API client file. Also VELOCIRAPTOR_CONFIG_PATH and others, see the README.")
    var apiConfig: String?

    @Flag(help: "Offer only tools that change nothing. Also MEGARAPTOR_READ_ONLY=1.")
    var readOnly = false

    @Option(help: "The toolsets that are on, with commas; default and all are names too. Also MEGARAPTOR_TOOLSETS.")
    var toolsets: String?

    @Option(help: "Which plugins may be opened: any, pinned or signed. Also MEGARAPTOR_TRUST.")
    var trust: String?

    /// The plugin whose setting `--api-config` is short for.
    private static let velociraptor = "org.megaraptor.velociraptor"

    /// The operator's file with environment and flags laid over it, in this order.
    func configuration(_ environment: [String: String]) throws(MegaraptorError) -> OperatorConfiguration {
        var configuration = OperatorConfiguration()
        if let file = configurationFile(environment) {
            configuration = try OperatorConfiguration(file: file)
        }
        if let names = toolsets ?? Self.text("MEGARAPTOR_TOOLSETS", in: environment) {
            configuration.policy.toolsets = try Self.toolsets(in: names)
        }
        let demanded = try Self.isOn("MEGARAPTOR_READ_ONLY", in: environment)
        if readOnly || demanded { configuration.policy.readOnly = true }
        if let name = trust ?? Self.text("MEGARAPTOR_TRUST", in: environment) {
            configuration.trust.policy = try TrustPolicy.Requirement(named: name).rawValue
        }
        configuration.pluginFolders = pluginDirectories + configuration.pluginFolders
        if let apiConfig {
            var settings = configuration.settings[Self.velociraptor]?.objectValue ?? [:]
            settings["api_config"] = .string(apiConfig)
            configuration.settings[Self.velociraptor] = .object(settings)
        }
        return configuration
    }

    func configurationFile(_ environment: [String: String]) -> String? {
        config ?? Self.text("MEGARAPTOR_CONFIG", in: environment)
    }

    /// An empty variable counts as one that is not set.
    private static func text(_ variable: String, in environment: [String: String]) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A list without a name would switch everything off, which nobody means.
    private static func toolsets(in list: String) throws(MegaraptorError) -> CatalogPolicy.Toolsets {
        let names = list.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
        guard !names.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "No toolset is named.",
                hint: "Use default, all, or names with commas."
            )
        }
        return .named(names)
    }

    /// A value that is neither yes nor no is an error: a misspelt safety switch must not count as off.
    private static func isOn(_ variable: String, in environment: [String: String]) throws(MegaraptorError) -> Bool {
        guard let value = environment[variable] else { return false }
        switch value.lowercased() {
        case "1", "true", "yes", "on": return true
        case "", "0", "false", "no", "off": return false
        default:
            throw MegaraptorError(
                .invalidArgument,
                "\(variable) is \"\(value)\", which is neither yes nor no.",
                hint: "Use 1 or 0."
            )
        }
    }

    private static func trimmed(_ name: Substring) -> String {
        String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
