// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows plugins, switches them and says which are trusted.
struct Plugins: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show plugins and where they are looked for, switch them on and off, and trust them.",
        subcommands: [
            List.self, Show.self, Paths.self, Enable.self, Disable.self, Trust.self, Untrust.self, Release.self,
        ],
        defaultSubcommand: List.self
    )
}
