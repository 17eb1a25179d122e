// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import PluginHost

/// The host's command line. Without any argument it serves, so that an assistant's configuration stays one line.
@main
struct MegaraptorMCP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-mcp",
        abstract: "Lets an AI assistant work a forensics case on a Velociraptor server.",
        discussion: """
            Without a subcommand it serves the Model Context Protocol on standard input and output.

            Exit status: 0 when all is well, 1 when something is broken, refused or off, 64 for a wrong command line.
            """,
        version: ProductVersion.text,
        subcommands: [
            Serve.self, Doctor.self, Demo.self, Plugins.self, Toolsets.self, Tools.self, Deployments.self, Audit.self,
            Secrets.self,
            Schema.self,
        ],
        defaultSubcommand: Serve.self
    )

    /// Serving is what assistants start and wait for, so it goes without the argument parser where it can.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Not for people: the host starts itself so for each plugin that gets a process of its own.
        if arguments.first == "worker" { Glibc.exit(PluginWorker.run()) }
        guard arguments.isEmpty || arguments.first == "serve",
            let settings = HostSettings(plainArguments: Array(arguments.dropFirst()))
        else { return main(nil) }
        do {
            try Serve.serve(settings)
        } catch {
            Serve.exit(withError: error)
        }
    }
}
