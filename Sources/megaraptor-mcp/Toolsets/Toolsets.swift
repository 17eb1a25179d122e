// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows toolsets and switches them.
struct Toolsets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show toolsets, and switch them on and off.",
        subcommands: [List.self, Enable.self, Disable.self],
        defaultSubcommand: List.self
    )
}
