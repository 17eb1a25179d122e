// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import PluginHost

/// The command line for those who write plugins.
@main
struct MegaraptorPlugin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-plugin",
        abstract: "Helps to write plugins for megaraptor-mcp.",
        subcommands: [
            New.self, Validate.self, Inspect.self, Keygen.self, Sign.self, IncludePath.self, Schema.self, RunCheck.self,
        ]
    )

    /// A plugin that is checked runs in a worker, which is this program again.
    static func main() {
        if CommandLine.arguments.dropFirst().first == "worker" { Glibc.exit(PluginWorker.run()) }
        main(nil)
    }
}
