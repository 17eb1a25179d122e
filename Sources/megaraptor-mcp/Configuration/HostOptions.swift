// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import MegaraptorErrors
import PluginManifest

/// The switches that decide what the host offers. Each has an environment variable of the same name, `MEGARAPTOR_…`.
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

    @Flag(help: "Offer only tools that change nothing. Also MEGARAPTOR_READ_ONLY=1, as all that follow.")
    var readOnly = false

    @Option(help: "The toolsets that are on, with commas; patterns with *, default and all are names too.")
    var toolsets: String?

    @Option(help: "Tools that are on whatever their toolset; names or patterns with commas.")
    var toolsAllow: String?

    @Option(help: "Tools that are off, beside those of the configuration.")
    var toolsDeny: String?

    @Option(help: "Plugins of which nothing is offered, beside those of the configuration; ids or patterns.")
    var disabledPlugins: String?

    @Option(
        help: """
            Ask before tools that change something: never, destructive (unless the tool's manifest says that it need \
            not ask, as that of run_vql does) or every-change.
            """
    )
    var confirm: String?

    @Option(help: "Whether a client that cannot ask a person may confirm by a token: yes or no.")
    var confirmByToken: String?

    @Option(help: "How long one call may take.")
    var deadlineSeconds: String?

    @Option(help: "How many bytes of text one result may have.")
    var resultBytes: String?

    @Option(help: "How many calls of one plugin run at once.")
    var concurrentCalls: String?

    @Option(help: "How many MiB of memory a plugin's process may use.")
    var workerMemoryMb: String?

    @Option(help: "How much processor time a plugin's process may use before it is started anew.")
    var workerCpuSeconds: String?

    @Option(help: "Which plugins may be opened: any, pinned or signed.")
    var trust: String?

    @Option(help: "The file with the plugins that are pinned.")
    var trustLock: String?

    @Option(help: "Plugins that may run inside the host if they ask for it; ids or patterns with commas.")
    var trustInProcess: String?

    @Option(help: "Whether calls are recorded: yes or no.")
    var audit: String?

    @Option(help: "Where calls are recorded.")
    var auditFile: String?

    @Option(help: "At which size a new record is begun.")
    var auditRotateBytes: String?

    @Option(help: "How many closed records are kept.")
    var auditKeep: String?

    /// The same as plain values.
    var settings: HostSettings {
        var settings = HostSettings(config: config, pluginDirectories: pluginDirectories, apiConfig: apiConfig)
        for each in HostSwitch.all { settings.switches[each.name] = each.given(self) }
        return settings
    }

    /// The operator's file with environment and flags laid over it, in this order.
    func configuration(_ environment: [String: String]) throws(MegaraptorError) -> OperatorConfiguration {
        try settings.configuration(environment)
    }

    func configurationFile(_ environment: [String: String]) -> String? { settings.configurationFile(environment) }

    static func search(_ configuration: OperatorConfiguration, _ environment: [String: String]) -> PluginSearch {
        PluginSearch(
            explicit: configuration.pluginFolders,
            environment: environment,
            executable: RunningProgram.path
        )
    }
}
