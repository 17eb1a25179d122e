// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The host's command line. Without any argument it serves, so that an assistant's configuration stays one line.
@main
struct MegaraptorMCP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-mcp",
        abstract: "Lets an AI assistant work a forensics case on a Velociraptor server.",
        discussion: "Without a subcommand it serves the Model Context Protocol on standard input and output.",
        version: ProductVersion.text,
        subcommands: [Serve.self, Demo.self, Plugins.self],
        defaultSubcommand: Serve.self
    )

    /// Serving is what assistants start and wait for. It is parsed by itself: reading the whole tree of commands first
    /// would take longer than everything else at the start.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.isEmpty || arguments.first == "serve" else { return main(nil) }
        Serve.main(Array(arguments.dropFirst()))
    }
}
