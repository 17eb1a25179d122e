// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows tools, says why they are on or off, and calls them.
struct Tools: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show tools, say why they are on or off, and call one.",
        subcommands: [List.self, Explain.self, Call.self],
        defaultSubcommand: List.self
    )
}
