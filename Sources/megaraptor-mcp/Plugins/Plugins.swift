// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows plugins and switches them.
struct Plugins: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show plugins and where they are looked for, and switch them on and off.",
        subcommands: [List.self, Paths.self, Enable.self, Disable.self],
        defaultSubcommand: List.self
    )
}
