// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

/// What the command line says, as plain values.
struct HostSettings: Sendable {
    var config: String?
    var pluginDirectories: [String] = []
    var apiConfig: String?
    /// The texts of the ``HostSwitch``es that were given, by name.
    var switches: [String: String] = [:]

    /// The plugin whose setting `--api-config` is short for.
    private static let velociraptor = "org.megaraptor.velociraptor"

    /// The operator's file with environment and flags laid over it, in this order.
    func configuration(_ environment: [String: String]) throws(MegaraptorError) -> OperatorConfiguration {
        var configuration = OperatorConfiguration()
        if let file = configurationFile(environment) { configuration = try OperatorConfiguration(file: file) }
        for each in HostSwitch.all {
            let text = environment[each.variable] ?? ""
            // An empty variable counts as one that is not set, and a flag replaces its variable.
            if let flag = switches[each.name] {
                try configuration.set(each.path, to: flag, by: each.flag)
            } else if !text.isEmpty {
                try configuration.set(each.path, to: text, by: each.variable)
            }
        }
        configuration.pluginFolders = pluginDirectories + configuration.pluginFolders
        if let apiConfig {
            var settings = configuration.settings[Self.velociraptor]?.objectValue ?? [:]
            settings["api_config"] = .string(apiConfig)
            configuration.settings[Self.velociraptor] = .object(settings)
        }
        return configuration
    }

    /// Has one tool on, unless something forbids it: for commands that are that tool under another name.
    mutating func allow(_ tool: String) {
        switches["tools-allow"] = [switches["tools-allow"], tool].compactMap { $0 }.joined(separator: ",")
    }

    /// The operator's file that counts; `nil` where there is none.
    func configurationFile(_ environment: [String: String]) -> String? {
        ConfigurationSearch(explicit: config, environment: environment).file
    }
}
