// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The lab under its own name: arguments only, the work is in `VelociraptorLab`.
struct MegaraptorLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-lab",
        abstract: "A stand-in for a Velociraptor server, for demonstrations, tests and load.",
        subcommands: [Serve.self, MakeImage.self],
        defaultSubcommand: Serve.self
    )
}
