// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The command line for those who write plugins.
@main
struct MegaraptorPlugin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-plugin",
        abstract: "Helps to write plugins for megaraptor-mcp.",
        subcommands: [New.self, Validate.self, Inspect.self, IncludePath.self, Schema.self, RunCheck.self]
    )
}
